import RosterCompiler
package import RosterJSON
import RosterModel
import RosterSources

/// The file of a provider.
package enum ProviderDocument {
    /// Returns a new file, with its keys in the format's order.
    package static func make(_ fields: JSONObject) -> [UInt8] {
        let lines =
            ["# yaml-language-server: $schema=../../schema/provider.schema.json"]
            + ValueText(lineEnd: "\n", step: 2).block(.object(fields), .record(.provider), column: 0)
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// Returns the file with a different secret linked.
    package static func link(secret: String, in source: [UInt8]) throws(EditedDocument.Problem) -> [UInt8] {
        var document = try EditedDocument(source, as: .provider)
        try document.change { $0.set("secret", to: .string(secret)) }
        return document.bytes
    }
}
