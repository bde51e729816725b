import RosterBytes
import RosterModel

/// The names by which a list of models can have a provider's default model.
struct ModelNames {
    private let names: Set<String>
    private let slug: ProviderSlug

    init(of record: Provider) {
        slug = record.slug
        let wanted = record.defaultModel
        switch record.slug {
        case .google: names = [Self.bare(wanted)]
        case .ollama: names = wanted.contains(":") ? [wanted] : [wanted, wanted + ":latest"]
        case .bedrock: names = Self.namesOfBedrock(wanted)
        default: names = [wanted]
        }
    }

    /// Returns a Boolean value that indicates whether a list has the model.
    func isServed(by models: [String]) -> Bool {
        models.contains { names.contains(slug == .google ? Self.bare($0) : $0) }
    }

    /// Returns the last segment of a model of Google: `models/m` and `publishers/google/models/m` are `m`.
    private static func bare(_ name: String) -> String {
        if name.hasPrefix("models/") { return String(name.dropFirst("models/".count)) }
        guard name.hasPrefix("publishers/"), let middle = name.firstRange(of: "/models/") else { return name }
        return String(name[middle.upperBound...])
    }

    /// The list of Bedrock has foundation models: without a region's prefix of an inference profile, and with or without
    /// the length of the context.
    private static func namesOfBedrock(_ wanted: String) -> Set<String> {
        let last = wanted.hasPrefix("arn:") ? wanted.split(separator: "/").last.map(String.init) ?? wanted : wanted
        var names: Set<String> = [wanted, last]
        for prefix in ["us.", "eu.", "apac.", "global."] where last.hasPrefix(prefix) {
            names.insert(String(last.dropFirst(prefix.count)))
        }
        for name in names {
            guard let colon = name.lastIndex(of: ":"), name[colon...].dropFirst().allSatisfy(\.isNumber) else {
                continue
            }
            names.insert(String(name[..<colon]))
        }
        return names
    }

    // MARK: Similar names

    private static let nearestCount = 3
    /// The number of compared pairs of characters after which the search ends.
    private static let work = 20_000_000

    /// Returns the names that need the fewest edits, at most three, and none that is mostly different.
    static func nearest(to wanted: String, among models: [String]) -> [String] {
        let letters = Array(wanted.lowercased().utf8.prefix(80))
        var found: [(name: String, distance: Int)] = []
        var left = work
        for name in models where left > 0 {
            let other = Array(name.lowercased().utf8.prefix(80))
            left -= letters.count * other.count + 1
            let distance = distance(letters, other)
            guard distance <= max(letters.count, other.count) / 2 else { continue }
            found.append((name, distance))
        }
        // The sort is stable by the position in the list, which breaks ties.
        let sorted = found.enumerated().sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
        var names: [String] = []
        for entry in sorted where names.count < nearestCount && !names.contains(entry.element.name) {
            names.append(entry.element.name)
        }
        return names
    }

    /// Returns the number of insertions, deletions and substitutions between two words (Levenshtein).
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var last = Array(0...other.count)
        for i in one.indices {
            var diagonal = last[0]
            last[0] = i + 1
            for j in other.indices {
                let substitution = diagonal + (one[i] == other[j] ? 0 : 1)
                diagonal = last[j + 1]
                last[j + 1] = min(last[j + 1] + 1, last[j] + 1, substitution)
            }
        }
        return last[other.count]
    }
}
