package import RosterCatalogue
package import RosterModel
import RosterBytes
import Synchronization

/// The providers of a registry with the columns by which the list is filtered and sorted.
///
/// The columns are made when they are first needed, once for all readers and requests. Each has 4 bytes for a provider.
package final class ProviderColumns: Sendable {
    package let registry: Registry
    package let models: ModelCatalogue
    /// The number of days before its retirement within which a model is reported.
    package let noticeDays: Int
    private let columns = Mutex(Columns())

    private struct Columns {
        var projects: [ProjectID: Handle]?
        var secrets: [Int32]?
        var hosts: HostColumn?
        var retirements: [Int32]?
        var ranks: [ListColumn: [Int32]] = [:]
    }

    /// Creates the columns of a registry.
    package init(_ registry: Registry, _ models: ModelCatalogue, noticeDays: Int) {
        (self.registry, self.models, self.noticeDays) = (registry, models, noticeDays)
    }

    /// Returns a column, which is made when it is first needed.
    private func column<Column: Sendable>(
        _ path: any WritableKeyPath<Columns, Column?> & Sendable,
        make: () -> Column
    ) -> Column {
        if let column = columns.withLock({ $0[keyPath: path] }) { return column }
        // Made outside the lock: two may make the same.
        let column = make()
        columns.withLock { $0[keyPath: path] = column }
        return column
    }

    /// The handles of the projects.
    var projects: [ProjectID: Handle] {
        column(\.projects) {
            Dictionary(registry.projects.map { ($0.id, $0.handle) }) { first, _ in first }
        }
    }

    /// Returns the handle of the project of the provider at a position, which every registry has.
    func project(at position: Int) -> Handle {
        let provider = registry.providers[position]
        return projects[provider.projectID] ?? provider.handle
    }

    /// The positions of the secrets of the providers, by position; -1 for none.
    private var secrets: [Int32] {
        column(\.secrets) {
            let secrets = registry.secrets.enumerated().map { ($1.id, Int32($0)) }
            let positions = Dictionary(secrets) { first, _ in first }
            return registry.providers.map { $0.secretID.flatMap { positions[$0] } ?? -1 }
        }
    }

    /// Returns the secret of the provider at a position; nil for one without.
    package func secret(at position: Int) -> Secret? {
        let secret = Int(secrets[position])
        return secret < 0 ? nil : registry.secrets[secret]
    }

    /// Returns the facts about the model of the provider at a position.
    package func model(at position: Int) -> ModelEntry? {
        let provider = registry.providers[position]
        return models.entry(for: provider.slug, model: provider.defaultModel, config: provider.config)
    }

    /// The hosts that requests are sent to.
    struct HostColumn: Sendable {
        /// Each host once, sorted: without the port that is the scheme's own.
        let names: [String]
        /// The index of the host of each provider.
        let indices: [Int32]

        init(of providers: [Provider]) {
            var found: [String: Int32] = [:]
            let numbers = providers.map { provider in
                let host = ProviderColumns.host(of: provider)
                let number = found[host] ?? Int32(found.count)
                found[host] = number
                return number
            }
            names = found.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            var places = [Int32](repeating: 0, count: names.count)
            for (place, name) in names.enumerated() { places[Int(found[name] ?? 0)] = Int32(place) }
            indices = numbers.map { places[Int($0)] }
        }
    }

    var hosts: HostColumn { column(\.hosts) { HostColumn(of: registry.providers) } }

    /// Returns the host that requests of a provider are sent to, with a port that is not the scheme's own.
    package static func host(of provider: Provider) -> String {
        guard let origin = Endpoint(of: provider)?.base.origin else { return "" }
        let host = "\(origin.host)"
        return origin.port == origin.scheme.defaultPort ? host : "\(host):\(origin.port)"
    }

    /// The days on which the models of the providers retire, since 1970, by position; the largest number for none.
    var retirements: [Int32] {
        column(\.retirements) {
            registry.providers.map { provider in
                let entry = models.datedEntry(
                    for: provider.slug,
                    model: provider.defaultModel,
                    config: provider.config
                )
                return entry?.retires.map { Int32(clamping: $0.daysSince1970) } ?? .max
            }
        }
    }

    /// Returns positions sorted by a column; those with equal values are in the registry's order.
    func sorted(_ positions: [Int], by order: ListOrder) -> [Int] {
        guard order.column != .handle else { return order.isDescending ? positions.reversed() : positions }
        let ranks = ranks(of: order.column)
        return positions.sorted { one, other in
            let (rank, next) = (ranks[one], ranks[other])
            guard rank != next else { return one < other }
            // What has no value is last in both directions.
            guard max(rank, next) < Self.firstBlank else { return rank < next }
            return (rank < next) != order.isDescending
        }
    }

    /// The first of the ranks for no value.
    private static let firstBlank = Int32.max - 1

    /// Returns the rank of each provider's value among the values of a column.
    private func ranks(of column: ListColumn) -> [Int32] {
        switch column {
        case .host: return hosts.indices
        case .retires: return retirements
        case .handle, .name, .slug, .model, .key, .changed: break
        }
        if let ranks = columns.withLock({ $0.ranks[column] }) { return ranks }
        let providers = registry.providers
        let ranks: [Int32]
        switch column {
        case .name: ranks = Self.ranks(of: providers.map { $0.name.utf8.map(\.asciiLowercased) })
        case .slug: ranks = Self.ranks(of: providers.map { Array($0.slug.rawValue.utf8) })
        case .model: ranks = Self.ranks(of: providers.map { Array($0.defaultModel.utf8) })
        case .key: ranks = providers.indices.map(rotation)
        case .changed: ranks = Self.ranks(of: providers.map(\.updatedAt.secondsSince1970), <)
        case .handle, .host, .retires: ranks = providers.indices.map(Int32.init)
        }
        columns.withLock { $0.ranks[column] = ranks }
        return ranks
    }

    /// Returns the day by which the key of a provider is due; keys without a day follow those with one, and providers
    /// without a key follow these.
    private func rotation(at position: Int) -> Int32 {
        guard let secret = secret(at: position) else { return .max }
        return secret.rotateBy.map { min(Int32(clamping: $0.daysSince1970), .max - 2) } ?? .max - 1
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
