package import RosterDiagnostics
package import RosterModel

/// The state of the server: `/status.html`.
package struct StatusPage: Sendable {
    /// The result of the last attempt to load a registry.
    package struct Attempt: Sendable {
        package var at: Timestamp
        package var isServed: Bool

        /// Creates the result of an attempt.
        package init(at: Timestamp, isServed: Bool) { (self.at, self.isServed) = (at, isServed) }
    }

    /// The reason why a newer revision is not served, as far as the reader may see it.
    package enum Refusal: Sendable {
        case diagnostics([Diagnostic])
        /// A sentence without a full stop.
        case reason(String)
        /// The reader may not see the reason.
        case hidden
    }

    /// The numbers of records.
    package struct Counts: Sendable {
        package var providers: Int
        package var secrets: Int
        package var projects: Int

        /// Creates the numbers of records of a registry.
        package init(of registry: Registry) {
            (providers, secrets, projects) =
                (registry.providers.count, registry.secrets.count, registry.projects.count)
        }
    }

    package var commit: String?
    package var digest: String
    package var loadedAt: Timestamp
    /// Nil before the first attempt.
    package var attempt: Attempt?
    /// Nil when the newest revision is served.
    package var refusal: Refusal?
    /// Nil for a reader who may not see all providers.
    package var counts: Counts?

    /// Nil for a server that does not follow publications.
    package var publication: PublicationSection?

    /// Creates the page of a registry.
    package init(
        commit: String?,
        digest: String,
        loadedAt: Timestamp,
        attempt: Attempt?,
        refusal: Refusal?,
        counts: Counts?
    ) {
        (self.commit, self.digest, self.loadedAt) = (commit, digest, loadedAt)
        (self.attempt, self.refusal, self.counts) = (attempt, refusal, counts)
    }

    /// The contents of the page.
    package var contents: HTML {
        """
        <div class=text><h1>Status</h1>
        \(summary)
        <dl class=facts>\(lastAttempt)<div><dt>Served since<dd>\(loadedAt) UTC</div>\(holdings)</dl>
        <dl class=pairs><dt>Commit<dd><code>\(commit ?? "none")</code><dt>Digest<dd><code>\(digest)</code></dl>
        \(reasons)\(publication?.contents)</div>
        """
    }

    private var summary: HTML {
        if let publication, publication.isRefused { return publication.refusal }
        guard let refusal else { return "<p class=sub>The newest revision is served.</p>" }
        return """
            <p class="bar bad">A newer revision is not served: \(Self.words(of: refusal)). \
            The last good one is served until it is fixed.</p>
            """
    }

    /// Returns the reason of a refusal in a few words.
    private static func words(of refusal: Refusal) -> HTML {
        switch refusal {
        case .diagnostics(let diagnostics): "\(diagnostics.count) \(.plural(diagnostics.count, "error"))"
        case .reason: "the reason is below"
        case .hidden: "tokens that may list every provider see the reason"
        }
    }

    private var lastAttempt: HTML? {
        guard let attempt else { return nil }
        let badge: HTML =
            attempt.isServed ? "<span class=\"b good\">served</span>" : "<span class=\"b bad\">refused</span>"
        return "<div><dt>Last attempt<dd>\(attempt.at) UTC \(badge)</div>"
    }

    private var holdings: HTML? {
        guard let counts else { return nil }
        return """
            <div><dt>Holds<dd>\(counts.providers) \(.plural(counts.providers, "provider")), \
            \(counts.secrets) \(.plural(counts.secrets, "secret")), \
            \(counts.projects) \(.plural(counts.projects, "project"))</div>
            """
    }

    private var reasons: HTML? {
        switch refusal {
        case .reason(let reason):
            return "<section><h2>What keeps the newer revision out</h2>\n<p>\(reason)</p></section>\n"
        case .diagnostics(let diagnostics):
            let shown = diagnostics.prefix(Self.mostDiagnostics)
            let rest = diagnostics.count - shown.count
            let more: HTML? =
                rest > 0 ? "<p>There \(constant: rest == 1 ? "is" : "are") \(rest) more.</p>\n" : nil
            return """
                <section><h2>What keeps the newer revision out</h2>
                \(shown.map(DiagnosticArticle.contents))\(more)\
                <p class=dim>The same report, in a clone: <code>roster check</code></p></section>

                """
        case .hidden, nil: return nil
        }
    }

    /// The number of diagnostics that the page shows.
    private static let mostDiagnostics = 100
}
