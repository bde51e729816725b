package import RosterCatalogue
package import RosterModel
import RosterBytes
import Synchronization

/// The providers of a registry with the columns by which the list is filtered and sorted.
///
/// The columns are made when they are first needed, once for all readers and requests.
package final class ProviderColumns: Sendable {
    package let registry: Registry
    package let models: ModelCatalogue
    /// The number of days before its retirement within which a model is reported.
    package let noticeDays: Int
    private let columns = Mutex(Columns())

    private struct Columns {
        var projects: [Handle]?
        var secrets: [SecretID: Int]?
        var hosts: [String]?
        var retirements: [CalendarDate?]?
        var ranks: [ListColumn: [Int32]] = [:]
    }

    /// Creates the table of a registry.
    package init(_ registry: Registry, _ models: ModelCatalogue, noticeDays: Int) {
        (self.registry, self.models, self.noticeDays) = (registry, models, noticeDays)
    }

    /// Returns a column, which is made when it is first needed.
    private func column<Column>(
        _ path: any WritableKeyPath<Columns, Column?> & Sendable,
        make: () -> Column
    ) -> Column {
        if let column = columns.withLock({ $0[keyPath: path] }) { return column }
        // Made outside the lock: two may make the same.
        let column = make()
        columns.withLock { $0[keyPath: path] = column }
        return column
    }

    /// The handles of the projects of the providers, by position.
    var projects: [Handle] {
        column(\.projects) {
            let handles = Dictionary(registry.projects.map { ($0.id, $0.handle) }) { first, _ in first }
            // Every provider's project is in the registry.
            return registry.providers.map { handles[$0.projectID] ?? $0.handle }
        }
    }

    private var secrets: [SecretID: Int] {
        column(\.secrets) {
            Dictionary(registry.secrets.enumerated().map { ($1.id, $0) }) { first, _ in first }
        }
    }

    /// Returns the secret of the provider at a position; nil for one without.
    package func secret(at position: Int) -> Secret? {
        registry.providers[position].secretID.flatMap { secrets[$0] }.map { registry.secrets[$0] }
    }

    /// Returns what is known of the model of the provider at a position.
    package func model(at position: Int) -> ModelEntry? {
        let provider = registry.providers[position]
        return models.entry(for: provider.slug, model: provider.defaultModel, config: provider.config)
    }

    /// The hosts that requests are sent to, by position: without the port that is the scheme's own.
    var hosts: [String] {
        column(\.hosts) {
            // Equal texts share their memory.
            var known: Set<String> = []
            return registry.providers.map { known.insert(Self.host(of: $0)).memberAfterInsert }
        }
    }

    /// Returns the host that requests of a provider are sent to, with a port that is not the scheme's own.
    package static func host(of provider: Provider) -> String {
        guard let origin = Endpoint(of: provider)?.base.origin else { return "" }
        let host = "\(origin.host)"
        return origin.port == origin.scheme.defaultPort ? host : "\(host):\(origin.port)"
    }

    /// The days on which the models of the providers retire, by position.
    var retirements: [CalendarDate?] {
        column(\.retirements) {
            registry.providers.map { provider in
                models.datedEntry(for: provider.slug, model: provider.defaultModel, config: provider.config)?.retires
            }
        }
    }

    /// Returns positions sorted by a column; those with equal values are in the registry's order.
    func sorted(_ positions: [Int], by order: ListOrder) -> [Int] {
        guard order.column != .handle else { return order.isDescending ? positions.reversed() : positions }
        let ranks = ranks(of: order.column)
        return positions.sorted { one, other in
            if ranks[one] != ranks[other] { return (ranks[one] < ranks[other]) != order.isDescending }
            return one < other
        }
    }

    /// Returns the rank of each provider's value among the values of a column.
    private func ranks(of column: ListColumn) -> [Int32] {
        if let ranks = columns.withLock({ $0.ranks[column] }) { return ranks }
        let providers = registry.providers
        let ranks: [Int32]
        switch column {
        case .handle: ranks = providers.indices.map(Int32.init)
        case .name: ranks = Self.ranks(of: providers.map { $0.name.utf8.map(\.asciiLowercased) })
        case .slug: ranks = Self.ranks(of: providers.map { Array($0.slug.rawValue.utf8) })
        case .model: ranks = Self.ranks(of: providers.map { Array($0.defaultModel.utf8) })
        case .host: ranks = Self.ranks(of: hosts.map { Array($0.utf8) })
        case .key: ranks = Self.ranks(of: providers.indices.map { rotation(at: $0) }, <)
        case .changed: ranks = Self.ranks(of: providers.map(\.updatedAt.secondsSince1970), <)
        case .retires: ranks = Self.ranks(of: retirements.map { $0?.daysSince1970 ?? .max }, <)
        }
        columns.withLock { $0.ranks[column] = ranks }
        return ranks
    }

    /// Returns the day by which the key of a provider is due; keys without a day follow those with one, and providers
    /// without a key follow these.
    private func rotation(at position: Int) -> Int64 {
        guard let secret = secret(at: position) else { return .max }
        return secret.rotateBy?.daysSince1970 ?? .max - 1
    }

    private static func ranks(of values: [[UInt8]]) -> [Int32] {
        ranks(of: values) { $0.lexicographicallyPrecedes($1) }
    }

    /// Returns the rank of each value: equal values have equal ranks.
    private static func ranks<Value: Equatable>(of values: [Value], _ precedes: (Value, Value) -> Bool) -> [Int32] {
        var ranks = [Int32](repeating: 0, count: values.count)
        var (rank, last): (Int32, Int?) = (0, nil)
        for position in values.indices.sorted(by: { precedes(values[$0], values[$1]) }) {
            if let last, values[last] != values[position] { rank += 1 }
            ranks[position] = rank
            last = position
        }
        return ranks
    }
}
