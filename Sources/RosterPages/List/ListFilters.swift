import RosterModel

extension ListPage {
    /// Links to parts of the list: the projects, when they are few, and the models that retire.
    var views: HTML {
        let all: HTML =
            "<a href=/\(constant: query.hasFilter ? "" : " aria-current=true")>All \(listing.positions.count)</a>"
        var projects: [HTML] = []
        if (2...Self.mostProjectLinks).contains(listing.projects.count) {
            projects = listing.projects.map { project, count in
                let link = PageURL.list(query: [("project", project.text)])
                let current = Self.current(query.project == project.text)
                return " <a href=\"\(url: link)\"\(constant: current)>\(project) \(count)</a>"
            }
        }
        let spans: [(RetirementSpan, StaticString)] = [
            (.retired, "Retired"), (.thisQuarter, "Retiring this quarter"), (.nextQuarter, "Next quarter"),
        ]
        let retiring: [HTML?] = spans.map { span, name in
            let link = PageURL.list(query: [("retiring", span.rawValue)])
            let count = listing.count(retiring: span)
            guard count > 0 || span == .thisQuarter || query.retiring == span else { return nil }
            let current = Self.current(query.retiring == span)
            return " <a href=\"\(url: link)\"\(constant: current)>\(constant: name) \(count)</a>"
        }
        return """
            <nav class=views aria-label=Projects>\(all)\(projects)</nav>
            <nav class=views aria-label=Retirement>\(retiring.compactMap(\.self))</nav>
            """
    }

    /// The number of projects above which there is no link for each.
    private static let mostProjectLinks = 8

    private static func current(_ isCurrent: Bool) -> StaticString { isCurrent ? " aria-current=true" : "" }

    /// The form with the search and the filters, which the server answers.
    var form: HTML {
        let order: HTML? = query.requestedOrder.map { "<input type=hidden name=sort value=\"\($0.parameter)\">" }
        let clear: HTML? = query.hasFilter ? "<a href=/>Clear</a>" : nil
        let isFiltered = !query.project.isEmpty || !query.slug.isEmpty || !query.host.isEmpty || query.retiring != nil
        return """
            <form class=filters action=/ role=search><label>Search<input type=search name=q value="\(query.text)" \
            placeholder="handle, name, slug or model" autocomplete=off></label>\
            <p>\(order)<button class=go>Search</button>\(clear)</p>\
            <details\(constant: isFiltered ? " open" : "")><summary>Filters</summary><div>\
            \(choice("project", "Project", query.project, listing.projects.map { ($0.handle.text, nil) }))\
            \(choice("provider", "Slug", query.slug, listing.slugs.map { ($0, nil) }))\
            \(choice("host", "Host", query.host, listing.hosts.map { ($0, nil) }))\
            \(choice("retiring", "Retiring", query.retiring?.rawValue ?? "", Self.spans))\
            </div></details></form>
            """
    }

    private static let spans: [(String, StaticString?)] = RetirementSpan.allCases.map { ($0.rawValue, $0.words) }

    /// The number of values above which a filter is a text field.
    private static let mostOptions = 50

    /// Returns a filter: a menu, or a text field for many values and for one that no provider has.
    private func choice(
        _ name: StaticString,
        _ label: StaticString,
        _ current: String,
        _ values: [(value: String, words: StaticString?)]
    ) -> HTML {
        guard values.count <= Self.mostOptions, current.isEmpty || values.contains(where: { $0.value == current })
        else {
            return "<label>\(constant: label)<input name=\(constant: name) value=\"\(current)\"></label>"
        }
        let options: [HTML] = values.map { value, words in
            let selected: StaticString = value == current ? " selected" : ""
            guard let words else { return "<option\(constant: selected)>\(value)" }
            return "<option\(constant: selected) value=\"\(value)\">\(constant: words)"
        }
        return """
            <label>\(constant: label)<select name=\(constant: name)><option value="">Any</option>\(options)</select></label>
            """
    }
}
