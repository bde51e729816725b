import RosterModel

/// The data of deprecations-rss: its list (`v1/deprecations.json`), or its JSON Feed (`v1/feed.json`).
enum DeprecationsFeed {
    static let name = "deprecations-rss"

    private struct Facts {
        var provider = ""
        var model = ""
        var deprecated: CalendarDate?
        var announced: CalendarDate?
        var retires: CalendarDate?
        var successors: [String] = []
        var url: String?
        var seen: CalendarDate?
    }

    static func read(_ bytes: [UInt8], on day: CalendarDate) throws(CatalogueProblem) -> CatalogueDraft {
        var draft = CatalogueDraft(built: day)
        var known: Set<String> = []
        var json = try ModelJSON(bytes)
        if json.peek() == UInt8(ascii: "[") {
            try json.forEachElement(of: "the file") { (json) throws(CatalogueProblem) in
                let start = json.start()
                var facts = Facts()
                try read(&json, &facts)
                try add(facts, at: start, to: &draft, &known)
            }
        } else {
            try json.forEachMember(of: "the file") { (json, name, _) throws(CatalogueProblem) in
                guard name == "items" else { return try json.skip() }
                try json.forEachElement(of: "\"items\"") { (json) throws(CatalogueProblem) in
                    let start = json.start()
                    let facts = try item(&json)
                    try add(facts, at: start, to: &draft, &known)
                }
            }
        }
        try json.finish()
        return draft
    }

    /// Reads an item of the feed, whose facts are in `_deprecation`.
    private static func item(_ json: inout ModelJSON) throws(CatalogueProblem) -> Facts {
        var facts = Facts()
        var url: String?
        try json.forEachMember(of: "an item") { (json, name, _) throws(CatalogueProblem) in
            switch name {
            case "_deprecation": try read(&json, &facts)
            case "url": url = try json.optionalString("\"url\"")
            default: try json.skip()
            }
        }
        facts.url = facts.url ?? url
        return facts
    }

    private static func read(_ json: inout ModelJSON, _ facts: inout Facts) throws(CatalogueProblem) {
        try json.forEachMember(of: "a deprecation") { (json, name, _) throws(CatalogueProblem) in
            switch name {
            case "provider": facts.provider = try json.string("\"\(name)\"")
            case "model_id": facts.model = try json.string("\"\(name)\"")
            case "shutdown_date": facts.retires = try date(&json, name)
            case "deprecation_date": facts.deprecated = try date(&json, name)
            case "announcement_date": facts.announced = try date(&json, name)
            case "last_observed": facts.seen = try date(&json, name)
            case "url": facts.url = try json.optionalString("\"\(name)\"")
            case "replacement_models":
                guard !json.takeNull() else { return }
                try json.forEachElement(of: "\"\(name)\"") { (json) throws(CatalogueProblem) in
                    let successor = try json.string("an element of \"\(name)\"")
                    // The pages have dashes where there is no successor.
                    guard ModelJSON.isName(successor), successor.contains(where: \.isLetter),
                        facts.successors.count < 16
                    else { return }
                    facts.successors.append(successor)
                }
            default: try json.skip()
            }
        }
    }

    /// Reads a date; null and an empty text mean that the day is unknown.
    private static func date(_ json: inout ModelJSON, _ name: String) throws(CatalogueProblem) -> CalendarDate? {
        if json.takeNull() || json.takeEmptyString() { return nil }
        return try json.date("\"\(name)\"")
    }

    private static let slugs: [String: ProviderSlug] = [
        "OpenAI": .openai, "Anthropic": .anthropic, "Google": .google, "Google Vertex": .google, "Groq": .groq,
        "xAI": .xai, "Azure": .azure, "AWS Bedrock": .bedrock,
    ]

    private static func add(
        _ facts: Facts,
        at start: Int,
        to draft: inout CatalogueDraft,
        _ known: inout Set<String>
    ) throws(CatalogueProblem) {
        guard !facts.provider.isEmpty, !facts.model.isEmpty else {
            throw CatalogueProblem("the deprecation has no \"provider\" or no \"model_id\"", at: start..<start + 1)
        }
        guard known.insert(facts.provider + "\u{0}" + facts.model).inserted else {
            throw CatalogueProblem(
                "\(ModelJSON.shown(facts.provider)) has \"\(ModelJSON.shown(facts.model))\" twice",
                at: start..<start + 1
            )
        }
        guard let slug = slugs[facts.provider], facts.retires != nil || facts.deprecated != nil else { return }
        guard ModelJSON.isName(facts.model) else {
            throw CatalogueProblem("\"model_id\" is not the name of a model", at: start..<start + 1)
        }
        let publisher = facts.model.hasPrefix("claude") ? "anthropic" : "google"
        let isVertex = facts.provider == "Google Vertex"
        let model = isVertex ? "publishers/\(publisher)/models/\(facts.model)" : facts.model
        var entry = ModelEntry(provider: slug, model: model)
        (entry.deprecated, entry.retires) = (facts.deprecated ?? facts.announced, facts.retires)
        entry.successors = facts.successors
        entry.kind = .other
        let url = facts.url.flatMap { ModelJSON.isAddress($0) ? $0 : nil }
        entry.sources = [ModelEntry.Source(name: name, seen: facts.seen ?? draft.built, url: url)]
        draft.merge(entry)
    }
}
