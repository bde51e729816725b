import RosterBytes
import RosterCatalogue
import RosterJSON
import RosterModel

extension RecordPage {
    /// The fields of the record, and its place in the repository and the API.
    var fieldTable: HTML {
        let provider = record.provider
        let fields: [(name: StaticString, value: HTML)] = [
            ("name", "<bdi>\(provider.name)</bdi>"),
            ("provider", "<code>\(provider.slug.rawValue)</code>"),
            ("defaultModel", Self.value(provider.defaultModel)),
            ("secret", secretName),
            ("baseUrl", Self.value(provider.baseURL)),
            ("config", provider.config.map { .code(Self.text(of: $0), "config") } ?? Self.none),
        ]
        let history = shownHistory
        let rows: [HTML] = fields.map { name, value in
            "<tr><th scope=row>\(constant: name)<td>\(value)\(history.map { HistorySection.lastChange(of: name, in: $0) })"
        }
        let column: HTML? = history == nil ? nil : "<th scope=col>Last changed"
        return """
            <table class=rows><thead><tr><th scope=col>Field<th scope=col>Value\(column)<tbody>\(rows)</table>
            <dl class=pairs><dt>Id<dd><code>\(provider.id.description)</code>\
            <dt>File<dd>\(file)\
            <dt>Created<dd>\(provider.createdAt) UTC\
            <dt>API<dd><code>GET \(path.text)</code>\(modelFacts)</dl>
            """
    }

    /// The path of the file, as a link to it at the commit when there is an address.
    private var file: HTML {
        let path: HTML = "<code>\(record.provider.source.path)</code>"
        guard let fileURL, let commit else { return path }
        return "\(.link(outside: fileURL, path)) at <code>\(String(commit.prefix(7)))</code>"
    }

    /// The path of the record in the API.
    private var path: PageURL {
        PageURL(path: ["api", "v1", "ai-providers", record.project.text, record.provider.handle.text])
    }

    private var secretName: HTML {
        guard record.provider.secretID != nil else { return Self.none }
        guard record.showsSecret, let secret = record.secret else { return "<span class=dim>yes</span>" }
        return Self.value(secret.handle.text)
    }

    /// The facts about the model besides its end.
    private var modelFacts: HTML? {
        guard let entry = record.model else { return nil }
        let facts: [HTML] = [
            entry.context.map { "\($0) tokens" }, entry.price.map { "\($0.words)" },
        ].compactMap(\.self)
        guard let first = facts.first else { return nil }
        let rest: [HTML] = facts.dropFirst().map { ", \($0)" }
        return "<dt>Context, price<dd>\(first)\(rest)"
    }

    /// Returns a value of a field.
    private static func value(_ text: String?) -> HTML { text.map { "<code><bdi>\($0)</bdi></code>" } ?? none }

    private static var none: HTML { "<span class=dim>none</span>" }

    private static func text(of config: JSONObject) -> String {
        var json = JSONWriter(.pretty)
        json.value(.object(config))
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
