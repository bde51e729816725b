package import RosterModel

/// The entries of a catalogue while sources are merged, each model of a provider once.
package struct CatalogueDraft: Sendable {
    /// A provider and one of its models.
    package struct Key: Hashable, Sendable {
        package var provider: ProviderSlug
        /// The bytes of the model's name; texts with the same letters and other bytes are different models.
        package var model: [UInt8]

        package init(_ provider: ProviderSlug, _ model: String) {
            (self.provider, self.model) = (provider, Array(model.utf8))
        }
    }

    package var built: CalendarDate
    /// The providers of which every model is in the catalogue.
    package var complete: [ProviderSlug] = []
    private var entriesByKey: [Key: ModelEntry] = [:]

    package init(built: CalendarDate) { self.built = built }

    /// The entries by provider and model, in byte order.
    package var entries: [ModelEntry] {
        entriesByKey.values.sorted { one, other in
            let (first, second) = (one.provider.rawValue, other.provider.rawValue)
            if first != second { return first.utf8.lexicographicallyPrecedes(second.utf8) }
            return one.model.utf8.lexicographicallyPrecedes(other.model.utf8)
        }
    }

    package var isEmpty: Bool { entriesByKey.isEmpty }

    /// Returns the entry of a model.
    package func entry(_ provider: ProviderSlug, _ model: String) -> ModelEntry? { entriesByKey[Key(provider, model)] }

    /// Adds a model that the draft does not have; returns false if it has it.
    package mutating func insert(_ entry: ModelEntry) -> Bool {
        let key = Key(entry.provider, entry.model)
        guard entriesByKey[key] == nil else { return false }
        entriesByKey[key] = entry
        return true
    }

    /// Removes a model.
    package mutating func remove(_ provider: ProviderSlug, _ model: String) {
        entriesByKey[Key(provider, model)] = nil
    }

    /// Adds the facts of another source about a model.
    ///
    /// The earliest retirement and deprecation count. If sources disagree on the retirement, each is kept with its own.
    package mutating func merge(_ other: ModelEntry) {
        let key = Key(other.provider, other.model)
        guard var entry = entriesByKey[key] else {
            entriesByKey[key] = other
            return
        }
        var sources = other.sources
        if let one = entry.retires, let two = other.retires, one != two {
            for index in entry.sources.indices where entry.sources[index].retires == nil {
                entry.sources[index].retires = one
            }
            for index in sources.indices where sources[index].retires == nil { sources[index].retires = two }
            entry.retires = min(one, two)
        } else {
            entry.retires = entry.retires ?? other.retires
        }
        for source in sources { entry.add(source) }
        entry.deprecated = [entry.deprecated, other.deprecated].compactMap(\.self).min()
        if entry.successors.isEmpty { entry.successors = other.successors }
        entry.context = entry.context ?? other.context
        entry.price = entry.price ?? other.price
        if entry.kind == .other { entry.kind = other.kind }
        entriesByKey[key] = entry
    }
}

extension ModelEntry {
    /// Adds a source, unless one of the same name has the same facts.
    fileprivate mutating func add(_ source: Source) {
        let same = sources.indices.filter {
            sources[$0].name == source.name && sources[$0].seen == source.seen && sources[$0].retires == source.retires
        }
        if same.contains(where: { source.url == nil || sources[$0].url == source.url }) { return }
        if let index = same.first(where: { sources[$0].url == nil }) {
            sources[index] = source
        } else {
            sources.append(source)
        }
    }
}
