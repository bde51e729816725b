import RosterBytes
import RosterModel

/// The parameters of the list.
///
/// A parameter that is unknown or invalid is ignored, and the first of repeated ones counts: people edit addresses by
/// hand, and programs append parameters to links in mails.
package struct ListPageQuery: Sendable, Hashable {
    /// The text that a provider's handle, name, slug or model contains.
    package var text = ""
    package var project = ""
    package var slug = ""
    package var host = ""
    package var retiring: RetirementSpan?
    /// The order that was asked for; nil for the default.
    package var requestedOrder: ListOrder?
    /// The page, from 1.
    package var page = 1

    /// The maximum number of characters of a value.
    package static let maximumLength = TextSearch.maximumLength

    /// Creates the query of all providers.
    package init() {}

    /// Creates a query from the parameters of a request.
    package init(_ parameters: [(name: String, value: String)]) {
        var seen: Set<String> = []
        for (name, value) in parameters where seen.insert(name).inserted && !value.isEmpty {
            guard value.unicodeScalars.count <= Self.maximumLength else { continue }
            switch name {
            case "q": text = value
            case "project": project = value
            case "provider": slug = value
            case "host": host = value
            case "retiring": retiring = RetirementSpan(rawValue: value)
            case "sort": requestedOrder = ListOrder(parameter: value)
            case "page" where value.utf8.count <= 6 && value.utf8.allSatisfy(\.isASCIIDigit):
                page = max(1, Int(value) ?? 1)
            default: break
            }
        }
        if requestedOrder == defaultOrder { requestedOrder = nil }
    }

    /// The order without a parameter: by handle, or what retires first for a span of retirements.
    var defaultOrder: ListOrder { ListOrder(retiring == nil ? .handle : .retires) }

    /// The order of the list.
    var order: ListOrder { requestedOrder ?? defaultOrder }

    /// A Boolean value that indicates whether the query leaves providers out.
    var hasFilter: Bool {
        !text.isEmpty || !project.isEmpty || !slug.isEmpty || !host.isEmpty || retiring != nil
    }

    /// Returns the link to the same list after a change.
    func link(_ change: (inout ListPageQuery) -> Void) -> PageURL {
        var query = self
        query.page = 1
        change(&query)
        if query.requestedOrder == query.defaultOrder { query.requestedOrder = nil }
        let parameters = query.parameters
        return parameters.allSatisfy(\.value.isEmpty) ? .list : PageURL(query: parameters)
    }

    /// The parameters in their fixed order.
    private var parameters: [(name: String, value: String)] {
        [
            ("q", text), ("project", project), ("provider", slug), ("host", host),
            ("retiring", retiring?.rawValue ?? ""), ("sort", requestedOrder?.parameter ?? ""),
            ("page", page > 1 ? String(page) : ""),
        ]
    }
}
