import RosterCatalogue
package import RosterModel

/// The page of a provider: `/p/<project>/<handle>`.
package struct RecordPage: Sendable {
    let record: ProviderRecord
    let today: CalendarDate
    /// The commit that is served; nil outside git.
    let commit: String?
    /// The history of the provider.
    let history: RecordHistory
    /// The change of the model that is requested, or that the end of the model suggests.
    let change: ModelChange?
    /// The address of the file at the commit; nil without one.
    let fileURL: String?

    /// Creates the page of a record.
    package init(
        _ record: ProviderRecord,
        today: CalendarDate,
        commit: String?,
        history: RecordHistory = .none,
        change: ModelChange? = nil,
        fileURL: String? = nil
    ) {
        (self.record, self.today, self.commit) = (record, today, commit)
        (self.history, self.change, self.fileURL) = (history, change, fileURL)
    }

    /// The history, when it is known.
    var shownHistory: ShownHistory? {
        if case .shown(let history) = history { history } else { nil }
    }

    /// A part of the page, which the table of contents names.
    struct Part {
        /// The id of the section.
        var id: StaticString
        var title: StaticString
        var contents: HTML
    }

    /// The contents of the page.
    package var contents: HTML {
        let parts = parts
        let links: [HTML] = parts.map { "<li><a href=\"#\(constant: $0.id)\">\(constant: $0.title)</a>" }
        let sections: [HTML] = parts.map { part in
            "<section id=\(constant: part.id)><h2>\(constant: part.title)</h2>\n\(part.contents)</section>\n"
        }
        return """
            <div class=record><div>\(heading)</div>
            <nav class=toc aria-label="On this page"><ul>\(links)</ul></nav>
            \(facts)
            \(retirement)\(sections)</div>
            """
    }

    private var parts: [Part] {
        let isKeyed = record.endpoint?.isKeyed ?? false
        let snippets = record.registered.map(Snippet.all) ?? []
        var parts = [
            Part(
                id: "key",
                title: isKeyed ? "Where the key goes" : "Where requests go",
                contents: KeyRoute(record, today).contents
            )
        ]
        if !snippets.isEmpty {
            parts.append(Part(id: "use", title: "Use it", contents: UseSection.contents(snippets)))
        } else if let registered = record.registered {
            let problem: HTML = "<p>No program can use this provider: \(SnippetProvider.problem(of: registered)).</p>"
            parts.append(Part(id: "use", title: "Use it", contents: problem))
        }
        parts.append(Part(id: "record", title: "The record", contents: fieldTable))
        parts.append(Part(id: "change", title: "Change it", contents: ChangeSection(record, change).contents))
        if let history = HistorySection.contents(history, of: record.name) {
            parts.append(Part(id: "history", title: "History", contents: history))
        }
        return parts
    }

    private var heading: HTML {
        let project = PageURL.list(query: [("project", record.project.text)])
        return """
            <nav class=crumb aria-label=Breadcrumb><a href=/>Providers</a> / <a href="\(url: project)">\(record.project)</a></nav>
            <h1>\(record.name)</h1>
            <p class=sub><bdi>\(record.provider.name)</bdi></p>
            """
    }

    private var facts: HTML {
        let provider = record.provider
        return """
            <div><dl class=facts>\
            <div><dt>Model<dd><code><bdi>\(provider.defaultModel)</bdi></code>\(badge)</div>\
            <div><dt>Slug<dd>\(provider.slug.rawValue)</div>\
            <div><dt>Host<dd>\(record.host)</div>\
            <div><dt>Key<dd>\(key)</div>\
            <div><dt>Last change<dd>\(CalendarDate(of: provider.updatedAt))\(author)</div></dl></div>
            """
    }

    /// The author of the last change of the file, when that is a commit of the history.
    private var author: HTML? {
        guard let history = shownHistory, let entry = history.entries.first,
            entry.committedAt == record.provider.updatedAt, !history.lastChanges.values.contains(.notCommitted)
        else { return nil }
        return " <small>by <bdi>\(entry.author)</bdi></small>"
    }

    private var badge: HTML? {
        .retirement(of: record.model, today: today, noticeDays: record.noticeDays)
    }

    private var key: HTML {
        guard let secret = record.secret else { return "none" }
        guard record.showsSecret else { return "yes" }
        return "generation \(Int(secret.generation))\(.rotation(of: secret, today: today))"
    }

    /// The notice of the model's retirement; nil for a model that stays.
    private var retirement: HTML? {
        guard let entry = record.model, let date = entry.retires else { return nil }
        let days = Int(date.daysSince1970 - today.daysSince1970)
        let (level, words): (StaticString, HTML)
        switch RetirementUrgency(of: date, today: today, noticeDays: record.noticeDays) {
        case .past: (level, words) = ("bar bad", "was retired on \(date)")
        case .near: (level, words) = ("bar warn", "retires on \(date), in \(days) \(.plural(days, "day"))")
        case .far: (level, words) = ("bar", "retires on \(date), in \(days) \(.plural(days, "day"))")
        }
        let successor: HTML? = entry.successors.first.map {
            " The provider recommends <code><bdi>\($0)</bdi></code>."
        }
        let source: HTML? = entry.sources.first.map {
            " Source: \(.link(outside: $0.url, "\($0.name)")), seen \($0.seen)."
        }
        return """
            <section><p class="\(constant: level)"><code><bdi>\(entry.model)</bdi></code> \(words).\
            \(successor)\(source) <a href="#change">Change it</a></p></section>

            """
    }
}
