package import RosterModel

/// The parts of a page that surround its contents.
package struct PageFrame: Sendable, Hashable {
    /// The registry that a page shows.
    package struct Served: Sendable, Hashable {
        /// The commit; nil outside git.
        package var commit: String?
        /// The digest of what the reader may see, by which the page notices a newer registry.
        package var digest: String
        /// The time at which the registry was loaded.
        package var loadedAt: Timestamp

        /// Creates the description of a registry.
        package init(commit: String?, digest: String, loadedAt: Timestamp) {
            (self.commit, self.digest, self.loadedAt) = (commit, digest, loadedAt)
        }
    }

    /// The pages that the navigation names.
    package enum Section: Sendable, Hashable {
        case list
        case status
        case other
    }

    /// The registry; nil for a reader who may see no part of it.
    package var served: Served?
    /// The reason why a newer revision is not served, as a few words; nil when the newest is served.
    package var refusal: String?
    /// A Boolean value that indicates whether the reader has signed in.
    package var isSignedIn: Bool

    /// Creates a frame.
    package init(served: Served?, refusal: String? = nil, isSignedIn: Bool = false) {
        (self.served, self.refusal, self.isSignedIn) = (served, refusal, isSignedIn)
    }

    /// Returns the page with contents in the frame.
    package func page(_ title: String, _ section: Section, _ contents: HTML) -> HTML {
        """
        <!doctype html>
        <html lang=en>
        <head>
        <meta charset=utf-8>
        <title>\(title) · Roster</title>
        <meta name=viewport content="width=device-width, initial-scale=1">
        <meta name=color-scheme content="light dark">\(referrerPolicy)
        <link rel=stylesheet href="\(Asset.style.path)">
        <link rel=icon href="\(Asset.icon.path)">
        <script src="\(Asset.script.path)" integrity="\(Asset.script.integrity)" defer\(scriptData)></script>
        </head>
        <body>
        <a class=skip href="#main">Skip to the content</a>
        <header><a class=logo href=/>roster</a>\(navigation(section))</header>
        <main id=main>
        <div id=live role=status></div><div id=copied role=status class=skip></div>
        \(notice(section))\(contents)
        </main>
        \(footer)</body>
        </html>

        """
    }

    /// The policy of a page with a form that is sent by POST, instead of that of the header fields; nil for any other page.
    ///
    /// With `no-referrer` browsers send `Origin: null`, which cannot be distinguished from a form of another site.
    private var referrerPolicy: HTML? {
        isSignedIn || served == nil ? "\n<meta name=referrer content=same-origin>" : nil
    }

    /// The data that the script follows the registry with.
    private var scriptData: HTML? {
        guard let served else { return nil }
        let events = PageURL.events(since: served.digest)
        return " data-digest=\"\(served.digest)\" data-events=\"\(url: events)\""
    }

    private func navigation(_ section: Section) -> HTML? {
        guard served != nil else { return nil }
        func tab(_ url: PageURL, _ name: StaticString, isCurrent: Bool) -> HTML {
            "<a href=\"\(url: url)\"\(constant: isCurrent ? " aria-current=page" : "")>\(constant: name)</a>"
        }
        let signOut: HTML = """
            <form method=post action="\(url: .signOut)"><button class=quiet>Sign out</button></form>
            """
        return """
            <nav aria-label=Roster>\(tab(.list, "Providers", isCurrent: section == .list))\
            \(tab(.status, "Status", isCurrent: section == .status))</nav>\(isSignedIn ? signOut : nil)
            """
    }

    /// The line by which every other page than the status reports that a newer revision is not served.
    private func notice(_ section: Section) -> HTML? {
        guard let refusal, section != .status else { return nil }
        return """
            <p class="bar bad">A newer revision is not served: \(refusal). <a href="\(url: .status)">Why?</a></p>

            """
    }

    private var footer: HTML? {
        guard let served else { return nil }
        let name = served.commit.map { String($0.prefix(7)) } ?? String(served.digest.prefix(19))
        return """
            <footer><small>Registry <code>\(name)</code>, loaded <time>\(served.loadedAt)</time> UTC</small></footer>

            """
    }
}
