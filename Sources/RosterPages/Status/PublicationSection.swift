package import RosterModel

/// The part of the page of the server's state about the publications that it follows.
package struct PublicationSection: Sendable {
    /// The age of the publication as a part of its validity.
    package enum State: Sendable {
        case current, ageing, expired
    }

    /// The publication that is served.
    package struct Served: Sendable {
        package var channel: String
        package var serial: Int64
        package var issued: Timestamp
        package var expires: Timestamp
        /// The id of the key that signed it.
        package var keyID: String

        /// Creates a publication from its members.
        package init(channel: String, serial: Int64, issued: Timestamp, expires: Timestamp, keyID: String) {
            (self.channel, self.serial, self.issued) = (channel, serial, issued)
            (self.expires, self.keyID) = (expires, keyID)
        }
    }

    /// A failure of a source or of the state folder.
    package struct Failure: Sendable {
        /// A sentence without a full stop.
        package var message: String
        package var at: Timestamp

        /// Creates a failure.
        package init(message: String, at: Timestamp) { (self.message, self.at) = (message, at) }
    }

    /// A source of publications.
    package struct Source: Sendable {
        package var address: String
        /// Nil before the first read.
        package var isUp: Bool?
        package var checkedAt: Timestamp?
        package var changedAt: Timestamp?
        package var failure: Failure?

        /// Creates the state of a source.
        package init(
            address: String,
            isUp: Bool?,
            checkedAt: Timestamp?,
            changedAt: Timestamp?,
            failure: Failure?
        ) {
            (self.address, self.isUp, self.checkedAt) = (address, isUp, checkedAt)
            (self.changedAt, self.failure) = (changedAt, failure)
        }
    }

    /// The state folder.
    package struct Saved: Sendable {
        package var savedAt: Timestamp?
        package var failure: Failure?

        /// Creates the state of the folder.
        package init(savedAt: Timestamp?, failure: Failure?) { (self.savedAt, self.failure) = (savedAt, failure) }
    }

    package var state: State
    /// A Boolean value that indicates whether requests are refused because the publication has expired.
    package var isRefused: Bool
    /// Nil before the first publication.
    package var served: Served?
    /// Empty for a reader who may not see them.
    package var sources: [Source] = []
    /// Nil without a state folder, and for a reader who may not see it.
    package var saved: Saved?

    /// Creates a section.
    package init(state: State, isRefused: Bool, served: Served?) {
        (self.state, self.isRefused, self.served) = (state, isRefused, served)
    }

    /// The sentence of a server that refuses requests.
    var refusal: HTML {
        """
        <p class="bar bad">The publication has expired, so requests are refused until a newer one arrives. \
        Publish again: <code>roster publish --refresh</code></p>
        """
    }

    /// The markup of the section.
    var contents: HTML {
        """
        <section><h2>Publication</h2>
        \(facts)\(sources.isEmpty ? nil : table)\(folder)</section>

        """
    }

    private var facts: HTML {
        guard let served else { return "<p>No publication has been accepted yet.</p>\n" }
        return """
            <dl class=facts><div><dt>Signed<dd>\(served.issued) UTC</div>\
            <div><dt>Expires<dd>\(served.expires) UTC \(badge)</div></dl>
            <dl class=pairs><dt>Channel<dd><code>\(served.channel)</code>\
            <dt>Serial<dd><code>\(String(served.serial))</code><dt>Key<dd><code>\(served.keyID)</code></dl>

            """
    }

    private var badge: HTML {
        switch state {
        case .current: "<span class=\"b good\">current</span>"
        case .ageing: "<span class=\"b warn\">ageing</span>"
        case .expired: "<span class=\"b bad\">expired</span>"
        }
    }

    private var table: HTML {
        """
        <h3>Sources</h3>
        \(sources.map(Self.article))
        """
    }

    private static func article(_ source: Source) -> HTML {
        let badge: HTML
        switch source.isUp {
        case true?: badge = "<span class=\"b good\">up</span>"
        case false?: badge = "<span class=\"b bad\">down</span>"
        case nil: badge = "<span class=b>not read yet</span>"
        }
        let checked: HTML? = source.checkedAt.map { "Read \($0) UTC. " }
        let changed: HTML? = source.changedAt.map { "Changed \($0) UTC." }
        return """
            <article><h3>\(badge) <bdi>\(source.address)</bdi></h3><p>\(checked)\(changed)</p>\(sentence(source.failure))</article>

            """
    }

    private static func sentence(_ failure: Failure?) -> HTML? {
        failure.map { "<p>Last failure, \($0.at) UTC: <bdi>\($0.message)</bdi></p>" }
    }

    private var folder: HTML? {
        guard let saved else { return nil }
        let time: HTML = saved.savedAt.map { "<p>Saved \($0) UTC.</p>" } ?? "<p>Nothing has been saved yet.</p>"
        return "<h3>State folder</h3>\n\(time)\(Self.sentence(saved.failure))\n"
    }
}
