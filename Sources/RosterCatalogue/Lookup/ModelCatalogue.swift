package import RosterModel

/// A catalogue of models, in which a model is found without an allocation.
package struct ModelCatalogue: Sendable, Equatable {
    /// The origin of a catalogue.
    package enum Origin: Sendable, Hashable {
        /// The one inside the program.
        case builtIn
        /// The repository's own `models.json`.
        case repository
    }

    /// A model of a catalogue: the position of its line.
    package struct Row: Hashable, Sendable {
        let slug: ProviderSlug
        let line: Int
        /// A Boolean value that indicates whether the day of the model's retirement is known.
        package let isDated: Bool
    }

    package let origin: Origin
    /// The day on which it was built.
    package let built: CalendarDate
    private let text: [UInt8]
    /// The offset of each line in ``text``, and the end of the last one.
    private let lines: [Int32]
    /// The lines of each provider's models, by the provider's position.
    private let sections: [Range<Int>]
    private let completeSlugs: Set<ProviderSlug>

    /// The first line of the lists of sources.
    private static let firstList = 2

    /// Creates a catalogue of a draft.
    package init(_ draft: CatalogueDraft, origin: Origin) { self.init(text: CatalogueText.encode(draft), origin) }

    /// Creates a catalogue from its text.
    init(text: [UInt8], _ origin: Origin) {
        self.origin = origin
        self.text = text
        var lines: [Int32] = [0]
        lines.reserveCapacity(2_000)
        let bytes = text.span
        for offset in bytes.indices where bytes[offset] == UInt8(ascii: "\n") { lines.append(Int32(offset + 1)) }
        self.lines = lines
        func fields(_ line: Int) -> [String] {
            CatalogueText.fields(text[Int(lines[line])..<Int(lines[line + 1]) - 1], CatalogueText.tab)
        }
        var sections = Array(repeating: 0..<0, count: ProviderSlug.allCases.count)
        var (built, complete) = (CalendarDate(daysSince1970: 0), Set<ProviderSlug>())
        if lines.count > Self.firstList {
            let head = fields(0)
            built = CalendarDate(head[0]) ?? built
            complete = Set(head.dropFirst().compactMap(ProviderSlug.init))
            var line = Self.firstList + (Int(fields(1)[0]) ?? 0)
            while line < lines.count - 1 {
                let section = fields(line)
                guard section.count == 2, let slug = ProviderSlug(rawValue: section[0]), let count = Int(section[1])
                else { break }
                sections[slug.position] = line + 1..<line + 1 + count
                line += 1 + count
            }
        }
        (self.built, self.completeSlugs, self.sections) = (built, complete, sections)
    }

    private func bytes(of line: Int) -> ArraySlice<UInt8> { text[Int(lines[line])..<Int(lines[line + 1]) - 1] }

    /// Returns whether every model of a provider is in the catalogue.
    package func isComplete(for slug: ProviderSlug) -> Bool { completeSlugs.contains(slug) }

    /// The providers of which every model is in the catalogue, in the order of the format.
    package var complete: [ProviderSlug] { ProviderSlug.allCases.filter(completeSlugs.contains) }

    /// The number of models.
    package var count: Int { sections.reduce(0) { $0 + $1.count } }

    /// Returns the facts of a row.
    package func entry(_ row: Row) -> ModelEntry {
        CatalogueText.entry(bytes(of: row.line), of: row.slug) { list in
            CatalogueText.sources(bytes(of: Self.firstList + list))
        }
    }

    /// Returns whether the day on which a model retires is known, and is not after another.
    package func retires(_ row: Row, by day: DayNumber) -> Bool {
        guard row.isDated else { return false }
        let text = self.text.span
        // The first letter of the kind, and eight digits, follow the name.
        var offset = Int(lines[row.line])
        while text[offset] != CatalogueText.tab { offset += 1 }
        var number = 0
        for digit in offset + 2..<offset + 10 { number = number * 10 + Int(text[digit] & 0x0F) }
        return number <= day.number
    }

    /// A day as a number such as 20270114, which is compared without decoding a date.
    package struct DayNumber: Sendable {
        fileprivate let number: Int

        /// Creates the number of a day.
        package init(_ day: CalendarDate) { number = Int(day.description.filter { $0 != "-" }) ?? .max }
    }

    /// Returns whether a day on which the model was deprecated, or retires, is known.
    func hasDate(_ row: Row) -> Bool {
        let line = bytes(of: row.line)
        guard !row.isDated else { return true }
        // The kind of a model that does not retire is one letter; the day of its deprecation follows.
        let fields = line.split(separator: CatalogueText.tab, maxSplits: 3, omittingEmptySubsequences: false)
        return fields.count > 2 && !fields[2].isEmpty
    }

    /// The names of a provider's models.
    package func models(of slug: ProviderSlug) -> [String] {
        sections[slug.position].map { line in
            String(decoding: bytes(of: line).prefix { $0 != CatalogueText.tab }, as: UTF8.self)
        }
    }

    /// The catalogue as it is written.
    package var draft: CatalogueDraft {
        var draft = CatalogueDraft(built: built)
        draft.complete = complete
        for slug in ProviderSlug.allCases {
            for line in sections[slug.position] {
                _ = draft.insert(entry(Row(slug: slug, line: line, isDated: false)))
            }
        }
        return draft
    }

    /// Returns whether two catalogues have the same facts.
    package static func == (one: ModelCatalogue, other: ModelCatalogue) -> Bool { one.text == other.text }

    /// Returns the row of a model whose bytes are a part of a name.
    func row(of slug: ProviderSlug, _ name: Span<UInt8>, _ part: Range<Int>) -> Row? {
        let section = sections[slug.position]
        var (low, high) = (section.lowerBound, section.upperBound)
        let (text, lines) = (self.text.span, self.lines.span)
        while low < high {
            let middle = (low + high) / 2
            let start = Int(lines[middle])
            var offset = 0
            // A line's name ends with a tab, which precedes every character of a name.
            while offset < part.count, text[start + offset] == name[part.lowerBound + offset],
                text[start + offset] != CatalogueText.tab
            {
                offset += 1
            }
            let other = text[start + offset]
            if offset == part.count {
                guard other != CatalogueText.tab else {
                    let digit = text[start + offset + 2]
                    let isDated = digit >= UInt8(ascii: "0") && digit <= UInt8(ascii: "9")
                    return Row(slug: slug, line: middle, isDated: isDated)
                }
                high = middle
            } else if other == CatalogueText.tab || other < name[part.lowerBound + offset] {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return nil
    }
}
