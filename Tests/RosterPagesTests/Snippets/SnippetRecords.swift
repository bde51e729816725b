import RosterJSON
import RosterModel
import RosterRuntime
import RosterTestSupport
import Testing

/// Records with texts that could change the meaning of a snippet.
enum SnippetRecords {
    private static let pieces = [
        "\"", "'", "\\", " ", "$(touch pwned)", "`touch pwned`", "; touch pwned;", "&& touch pwned", "| touch pwned",
        "> pwned", "$HOME", "${HOME}", "{env:HOME}", "{file:/etc/passwd}", "os.environ/HOME", "END", "EOF", "!", "!!",
        "#", "//", "/*", "*/", "*", "?", "[a]", "~", "--", "-", "@/etc/passwd", "file://", "%s", "%27", "\\u0027",
        "\\n",
        "\\x27", "</script>", "{{", "}}", "\"\"\"", "'''", "é", "\u{e9}\u{301}", "\u{1f600}", "\u{10ffff}", ": ", "a",
        "B", "9", "null", "true", "<<", "=", ",",
    ]
    private static let segments = [
        "v1", "a'b", "$(id)", "`id`", "a;b", "a&b", "(a)", "*", "!!", "~x", "a=b,c", "a:b@c", "%20", "[a]", "{a}",
        "a|b",
        "\"",
    ]
    private static let tokens = "abcxyz019!#$%&'*+-.^_`|~"

    static func text(_ generator: inout SeededGenerator) -> String {
        let count = Int.random(in: 1...6, using: &generator)
        return (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    }

    private static func ascii(_ generator: inout SeededGenerator) -> String {
        text(&generator).unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.map(String.init).joined()
    }

    /// Returns a base URL that the format allows; nil for that of the slug itself.
    private static func baseURL(_ slug: ProviderSlug, _ generator: inout SeededGenerator) -> String? {
        guard [.gateway, .custom].contains(slug) || Bool.random(using: &generator) else { return nil }
        let hosts = ["https://h.example", "http://127.0.0.1:80", "http://[::1]:8080", "https://xn--bcher-kva.example"]
        let path = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            "/" + (segments.randomElement(using: &generator) ?? "")
        }
        let url = (hosts.randomElement(using: &generator) ?? "") + path.joined()
        return (try? BaseURL(url)) == nil ? hosts[0] : url
    }

    private static func config(_ slug: ProviderSlug, _ generator: inout SeededGenerator) -> JSONValue {
        func word() -> String { String(ascii(&generator).filter { $0 != " " }.prefix(20)) + "x" }
        switch slug {
        case .openai: return ["organization": .string(word()), "project": .string(word())]
        case .anthropic: return Bool.random(using: &generator) ? ["version": .string(word())] : [:]
        case .azure:
            let isDated = Bool.random(using: &generator)
            return isDated ? ["resourceName": "acme", "apiVersion": "2026-06-01"] : ["resourceName": "acme"]
        case .bedrock: return ["region": "eu-central-1", "auth": "ambient"]
        case .gateway, .custom:
            var headers: [String: String] = [:]
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let name = String((0..<4).map { _ in tokens.randomElement(using: &generator) ?? "x" })
                guard headers[name.lowercased()] == nil else { continue }
                headers[name.lowercased()] = "a" + ascii(&generator) + "z"
            }
            let members = headers.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
            return ["headers": .object(JSONObject(members.map { JSONObject.Member(name: $0, value: $1) }))]
        default: return [:]
        }
    }

    /// Returns a provider that the format allows, of any slug.
    static func random(_ index: Int, _ generator: inout SeededGenerator) throws -> RegisteredProvider {
        let slug = ProviderSlug.allCases[index % ProviderSlug.allCases.count]
        return try provider(
            slug,
            handle: "p\(index)",
            name: text(&generator),
            model: text(&generator),
            baseURL: baseURL(slug, &generator),
            config: config(slug, &generator),
            hasSecret: Bool.random(using: &generator)
        )
    }

    /// Returns a provider of a slug.
    static func provider(
        _ slug: ProviderSlug,
        handle: String = "p",
        name: String = "P",
        model: String = "m1",
        baseURL: String? = nil,
        config: JSONValue? = nil,
        hasSecret: Bool = true
    ) throws -> RegisteredProvider {
        let project = Project(
            id: try #require(ProjectID("proj_V1StGXR8Z5jdHi6B")),
            handle: try #require(Handle("acme")),
            name: "Acme"
        )
        let record = Provider(
            id: try #require(ProviderID("aip_" + String(repeating: "A", count: 16))),
            projectID: project.id,
            secretID: hasSecret ? SecretID("sec_nxs4i9q9IqVxDZmO") : nil,
            name: name,
            slug: slug,
            defaultModel: model,
            baseURL: baseURL,
            config: config?.object,
            createdAt: Timestamp(secondsSince1970: 0),
            updatedAt: Timestamp(secondsSince1970: 0),
            handle: try #require(Handle(handle)),
            source: Registry.Source(path: "p", line: 1)
        )
        return RegisteredProvider(record: record, project: project, secret: nil)
    }
}
