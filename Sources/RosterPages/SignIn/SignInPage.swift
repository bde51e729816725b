/// The page with the form that signs a person in.
package struct SignInPage: Sendable {
    /// The reason for which a sign-in was refused.
    package enum Refusal: Sendable, Hashable {
        case wrongToken
        /// Too many wrong tokens; the next attempt is possible after a number of seconds.
        case tooMany(retryAfter: Int)
        case otherOrigin
        /// The browser sends several cookies of the session's name.
        case severalCookies
        /// The browser uses HTTP, over which it does not store the cookie.
        case unencrypted

        fileprivate var text: HTML {
            switch self {
            case .wrongToken: "This token is not valid, or it has expired."
            case .tooMany(let seconds):
                "Too many wrong tokens from this address. Try again in \(seconds) \(HTML.plural(seconds, "second"))."
            case .severalCookies:
                """
                The browser sends several cookies with the name of the session: another server of this host has set one. \
                Delete the cookies of this host, and sign in again.
                """
            case .otherOrigin:
                """
                The form was not sent from this page. Load the page, and try again. A proxy must pass the field Host on \
                as it is.
                """
            case .unencrypted:
                """
                Sign in at an address that begins with https. This one is not encrypted: the browser would not store the \
                session, and others could have read the token. Replace the token.
                """
            }
        }
    }

    private let destination: PageURL
    private let refusal: Refusal?
    private let offersDestination: Bool

    /// Creates the page.
    ///
    /// - Parameters:
    ///   - destination: the page that follows.
    ///   - refusal: the reason for which a sign-in was refused; nil before the first.
    ///   - offersDestination: a Boolean value that indicates whether the page has a link to the destination, for a reader whose
    ///     browser did not send the cookie because the request came from a link of another site.
    package init(to destination: PageURL, refusal: Refusal? = nil, offersDestination: Bool = false) {
        (self.destination, self.refusal) = (destination, refusal)
        self.offersDestination = offersDestination
    }

    /// The contents of the page.
    package var contents: HTML {
        """
        <div class=narrow><h1>Sign in</h1>
        \(alert)<form method=post action="\(url: .signIn)"><input type=hidden name=to value="\(url: destination)">
        <label>Token<input type=password name=token required autofocus autocomplete=current-password \
        spellcheck=false\(constant: refusal == nil ? "" : " aria-invalid=true aria-describedby=error")></label>
        <p><button class=go>Sign in</button></p></form>
        \(link)<p class=dim>The pages show what the token may read. You are signed out after 12 hours, or when the server \
        restarts.</p>
        <p class=dim>No token? A maintainer of the registry makes one:</p>
        \(HTML.code(Self.command, "the command"))</div>
        """
    }

    private var alert: HTML? { refusal.map { "<p class=\"bar bad\" id=error role=alert>\($0.text)</p>" } }

    private var link: HTML? {
        guard offersDestination else { return nil }
        return """
            <p class=dim>Signed in already, and came from a link? <a href="\(url: destination)">Open the page</a></p>

            """
    }

    private static let command = """
        roster token create \\
            --name "my laptop" --policy NAME
        """
}
