import RosterBytes
import RosterModel

/// The reader of `models.json`.
package enum CatalogueReader {
    /// The largest file that is read, in bytes.
    package static let sizeLimit = 64 << 20

    /// A catalogue as it is written, with the positions that rules report.
    package struct File: Sendable {
        package var draft: CatalogueDraft
        /// The bytes of the value of `built`.
        package var builtPlace: Range<Int>
    }

    /// Reads a file.
    package static func read(_ bytes: [UInt8]) throws(CatalogueProblem) -> File {
        guard bytes.count <= sizeLimit else {
            throw CatalogueProblem(ofWholeFile: "the file has more than 64 MiB")
        }
        var json = try ModelJSON(bytes)
        var file = File(draft: CatalogueDraft(built: CalendarDate(daysSince1970: 0)), builtPlace: 0..<0)
        var seen: Set<String> = []
        try json.forEachMember(of: "the catalogue") { (json, name, place) throws(CatalogueProblem) in
            seen.insert(name)
            switch name {
            case "catalogue":
                let start = json.start()
                guard try json.number("\"catalogue\"").wholeValue == 1 else {
                    throw CatalogueProblem(
                        "\"catalogue\" is not 1, the version of the format",
                        at: json.range(from: start)
                    )
                }
            case "built":
                let start = json.start()
                file.draft.built = try json.date("\"built\"")
                file.builtPlace = json.range(from: start)
            case "complete":
                try json.forEachElement(of: "\"complete\"") { (json) throws(CatalogueProblem) in
                    let slug = try slug(&json, "an element of \"complete\"")
                    if !file.draft.complete.contains(slug) { file.draft.complete.append(slug) }
                }
            case "models":
                try json.forEachElement(of: "\"models\"") { (json) throws(CatalogueProblem) in
                    let start = json.start()
                    let entry = try entry(&json)
                    guard file.draft.insert(entry) else {
                        throw CatalogueProblem(
                            "\(entry.provider.rawValue) has \"\(ModelJSON.shown(entry.model))\" twice",
                            at: start..<start + 1
                        )
                    }
                }
            default:
                throw CatalogueProblem("a catalogue has no member \"\(ModelJSON.shown(name))\"", at: place)
            }
        }
        try json.finish()
        for name in ["catalogue", "built", "models"] where !seen.contains(name) {
            throw CatalogueProblem("the catalogue has no \"\(name)\"", at: 0..<min(1, bytes.count))
        }
        return file
    }

    private static func slug(_ json: inout ModelJSON, _ what: String) throws(CatalogueProblem) -> ProviderSlug {
        let start = json.start()
        let text = try json.string(what)
        guard let slug = ProviderSlug(rawValue: text) else {
            let slugs = ProviderSlug.allCases.map(\.rawValue).joined(separator: ", ")
            throw CatalogueProblem(
                "\(what) is \"\(ModelJSON.shown(text))\", which is not a provider: \(slugs)",
                at: json.range(from: start)
            )
        }
        return slug
    }

    private static func entry(_ json: inout ModelJSON) throws(CatalogueProblem) -> ModelEntry {
        let start = json.start()
        var entry = ModelEntry(provider: .openai, model: "")
        var seen: Set<String> = []
        try json.forEachMember(of: "an element of \"models\"") { (json, name, place) throws(CatalogueProblem) in
            seen.insert(name)
            switch name {
            case "provider": entry.provider = try slug(&json, "\"provider\"")
            case "model": entry.model = try json.modelName("\"model\"")
            case "deprecated": entry.deprecated = try json.optionalDate("\"deprecated\"")
            case "retires": entry.retires = try json.optionalDate("\"retires\"")
            case "successors":
                try json.forEachElement(of: "\"successors\"") { (json) throws(CatalogueProblem) in
                    let start = json.start()
                    guard entry.successors.count < 16 else {
                        throw CatalogueProblem("a model has more than 16 successors", at: start..<start + 1)
                    }
                    entry.successors.append(try json.modelName("an element of \"successors\""))
                }
            case "context": entry.context = try json.tokens("\"context\"")
            case "price": entry.price = json.takeNull() ? nil : try price(&json)
            case "kind":
                let start = json.start()
                let text = try json.string("\"kind\"")
                guard let kind = ModelEntry.Kind(rawValue: text) else {
                    let kinds = ModelEntry.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CatalogueProblem("\"kind\" is not one of \(kinds)", at: json.range(from: start))
                }
                entry.kind = kind
            case "sources":
                try json.forEachElement(of: "\"sources\"") { (json) throws(CatalogueProblem) in
                    let start = json.start()
                    guard entry.sources.count < 16 else {
                        throw CatalogueProblem("a model has more than 16 sources", at: start..<start + 1)
                    }
                    entry.sources.append(try source(&json))
                }
            default:
                throw CatalogueProblem("a model has no member \"\(ModelJSON.shown(name))\"", at: place)
            }
        }
        for name in ["provider", "model"] where !seen.contains(name) {
            throw CatalogueProblem("the model has no \"\(name)\"", at: start..<start + 1)
        }
        return entry
    }

    private static func price(_ json: inout ModelJSON) throws(CatalogueProblem) -> ModelEntry.Price {
        let start = json.start()
        var price = ModelEntry.Price(input: "", output: "")
        try json.forEachMember(of: "\"price\"") { (json, name, place) throws(CatalogueProblem) in
            switch name {
            case "input": price.input = try amount(&json, "\"input\"")
            case "output": price.output = try amount(&json, "\"output\"")
            case "per":
                let start = json.start()
                guard try json.string("\"per\"") == "1M" else {
                    throw CatalogueProblem("\"per\" is not 1M, a million tokens", at: json.range(from: start))
                }
            case "currency":
                let start = json.start()
                price.currency = try json.string("\"currency\"")
                guard price.currency.utf8.count == 3,
                    price.currency.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
                else {
                    throw CatalogueProblem(
                        "\"currency\" is not three letters such as USD",
                        at: json.range(from: start)
                    )
                }
            default:
                throw CatalogueProblem("a price has no member \"\(ModelJSON.shown(name))\"", at: place)
            }
        }
        guard !price.input.isEmpty, !price.output.isEmpty else {
            throw CatalogueProblem("the price has no \"input\" or no \"output\"", at: start..<start + 1)
        }
        return price
    }

    /// Reads an amount, which is text so that no reader rounds it.
    private static func amount(_ json: inout ModelJSON, _ what: String) throws(CatalogueProblem) -> String {
        let start = json.start()
        let text = try json.string(what)
        guard let number = JSONNumber(Array(text.utf8)[...]) else {
            throw CatalogueProblem("\(what) is not an amount in quotes, such as \"0.59\"", at: json.range(from: start))
        }
        guard !number.isNegative else { throw CatalogueProblem("\(what) is negative", at: json.range(from: start)) }
        return number.decimal()
    }

    private static func source(_ json: inout ModelJSON) throws(CatalogueProblem) -> ModelEntry.Source {
        let start = json.start()
        var source = ModelEntry.Source(name: "", seen: CalendarDate(daysSince1970: 0))
        var seen: Set<String> = []
        try json.forEachMember(of: "an element of \"sources\"") { (json, name, place) throws(CatalogueProblem) in
            seen.insert(name)
            switch name {
            case "name": source.name = try json.line("\"name\"", limit: 200)
            case "seen": source.seen = try json.date("\"seen\"")
            case "url": source.url = json.takeNull() ? nil : try json.address("\"url\"")
            case "retires": source.retires = try json.optionalDate("\"retires\"")
            default:
                throw CatalogueProblem("a source has no member \"\(ModelJSON.shown(name))\"", at: place)
            }
        }
        for name in ["name", "seen"] where !seen.contains(name) {
            throw CatalogueProblem("the source has no \"\(name)\"", at: start..<start + 1)
        }
        return source
    }
}
