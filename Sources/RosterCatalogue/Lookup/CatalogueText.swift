import RosterModel

/// The text form of a catalogue, in which models are searched without decoding them.
///
/// One line each, with fields separated by tabs: the date and the complete providers; the number of lists of sources, and
/// each of them; then for each provider its name and its number of models, and the models in byte order.
///
///     gpt-4o ⇥ c20270114 ⇥ ⇥ 128000 ⇥ 2.5,10 ⇥ 3 ⇥ gpt-5.6-sol
///
/// A source has the day on which it was read, its own day of the retirement, its page and its name, separated by blanks.
/// A model has its kind's first letter with the day it retires, the day it was deprecated, its context, its price, the
/// position of its list of sources, and its successors. Empty fields at the end are left out.
enum CatalogueText {
    static let tab = UInt8(ascii: "\t")

    /// Returns the text of a draft.
    static func encode(_ draft: CatalogueDraft) -> [UInt8] {
        let entries = draft.entries
        var lists: [[ModelEntry.Source]: Int] = [:]
        var ordered: [[ModelEntry.Source]] = []
        for entry in entries where lists[entry.sources] == nil {
            lists[entry.sources] = ordered.count
            ordered.append(entry.sources)
        }
        var lines = [([draft.built.description] + draft.complete.map(\.rawValue).sorted()).joined(separator: "\t")]
        lines.append("\(ordered.count)")
        lines += ordered.map(line)
        var start = 0
        while start < entries.count {
            let slug = entries[start].provider
            let end = entries[start...].firstIndex { $0.provider != slug } ?? entries.count
            lines.append("\(slug.rawValue)\t\(end - start)")
            lines += entries[start..<end].map { line($0, sources: lists[$0.sources] ?? 0) }
            start = end
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private static func line(_ sources: [ModelEntry.Source]) -> String {
        sources.map { source in
            let retires = source.retires.map(digits) ?? "-"
            return "\(digits(source.seen)) \(retires) \(source.url ?? "-") \(source.name)"
        }.joined(separator: "\t")
    }

    private static func line(_ entry: ModelEntry, sources: Int) -> String {
        let price = entry.price.map { price in
            "\(price.input),\(price.output)" + (price.currency == "USD" ? "" : ",\(price.currency)")
        }
        let kind = entry.kind.rawValue.prefix(1)
        var fields = [
            entry.model, kind + digits(entry.retires), digits(entry.deprecated), entry.context.map { "\($0)" } ?? "",
            price ?? "", "\(sources)",
        ]
        fields += entry.successors
        return fields.joined(separator: "\t")
    }

    /// Returns a day as eight digits; none without a day.
    private static func digits(_ date: CalendarDate?) -> String {
        date.map { String($0.description.filter { $0 != "-" }) } ?? ""
    }

    /// Parses eight digits.
    static func date(_ digits: String) -> CalendarDate? {
        guard digits.utf8.count == 8 else { return nil }
        return CalendarDate("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.dropFirst(6))")
    }

    /// Returns the entry of a model's line.
    static func entry(_ line: ArraySlice<UInt8>, of slug: ProviderSlug, _ sources: (Int) -> [ModelEntry.Source])
        -> ModelEntry
    {
        let fields = Self.fields(line, tab)
        var entry = ModelEntry(provider: slug, model: fields[0])
        guard fields.count > 5 else { return entry }
        entry.kind = ModelEntry.Kind.allCases.first { $0.rawValue.first == fields[1].first } ?? .other
        entry.retires = date(String(fields[1].dropFirst()))
        entry.deprecated = date(fields[2])
        entry.context = Int(fields[3])
        let price = fields[4].split(separator: ",").map(String.init)
        if price.count > 1 {
            entry.price = ModelEntry.Price(
                input: price[0],
                output: price[1],
                currency: price.count > 2 ? price[2] : "USD"
            )
        }
        entry.sources = Int(fields[5]).map(sources) ?? []
        entry.successors = Array(fields[6...])
        return entry
    }

    /// Returns the sources of a line.
    static func sources(_ line: ArraySlice<UInt8>) -> [ModelEntry.Source] {
        guard !line.isEmpty else { return [] }
        return fields(line, tab).compactMap { text in
            // The name, which may have blanks, is the last.
            let fields = text.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 4, let seen = date(fields[0]) else { return nil }
            let url = fields[2] == "-" ? nil : fields[2]
            return ModelEntry.Source(name: fields[3], seen: seen, url: url, retires: date(fields[1]))
        }
    }

    static func fields(_ line: ArraySlice<UInt8>, _ separator: UInt8) -> [String] {
        line.split(separator: separator, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }
}
