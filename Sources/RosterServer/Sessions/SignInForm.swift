import NIOCore
import RosterBytes
import RosterPages

/// The form of the sign-in page.
struct SignInForm: Sendable {
    /// The number of bytes of a form at most.
    static let limit = 4 * 1024

    let token: String
    /// The page that follows.
    let destination: PageURL

    /// Parses the body of a request.
    init(_ request: Request) throws(Problem) {
        let type = (request.fields.contentType ?? "").prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        guard type == "application/x-www-form-urlencoded" else {
            throw Problem(
                415,
                "unsupported-media-type",
                "The body is of another type",
                "send the form as Content-Type: application/x-www-form-urlencoded"
            )
        }
        guard let body = request.body, body.readableBytes <= Self.limit,
            let text = String(validating: body.readableBytesView, as: UTF8.self),
            let fields = try? QueryParameters.read(text[...])
        else { throw Self.malformed }
        var (token, destination): (String?, String?)
        for (name, value) in fields {
            switch name {
            case "token" where token == nil: token = value
            case "to" where destination == nil: destination = value
            default: throw Self.malformed
            }
        }
        guard let token else { throw Self.malformed }
        // Text that is pasted often has a space or a line end.
        let isPadding: (Character) -> Bool = { $0 == " " || $0.isNewline || $0 == "\t" }
        self.token = String(token.drop(while: isPadding).reversed().drop(while: isPadding).reversed())
        self.destination = Self.destination(destination ?? "")
    }

    /// Returns the page that a text names, or the list when it names none to return to.
    static func destination(_ text: String) -> PageURL {
        let path = text.prefix { $0 != "?" && $0 != "#" }
        guard path != PageURL.signIn.text, path != PageURL.signOut.text else { return .list }
        return PageURL(local: text) ?? .list
    }

    private static let malformed = Problem.badRequest(
        "the form has one field token, and at most one field to, in UTF-8"
    )
}
