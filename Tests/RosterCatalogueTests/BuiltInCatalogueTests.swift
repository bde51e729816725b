import Foundation
import RosterJSON
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterCatalogue

/// The catalogue inside the program, and the files that `scripts/catalogue` makes it from.
@Suite("Catalogue inside the program")
struct BuiltInCatalogueTests {
    static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The bytes of the file in the pinned wheel of LiteLLM.
    static func wheel() throws -> [UInt8] {
        let code = """
            from importlib.metadata import distribution
            print(distribution("litellm").locate_file("litellm/model_prices_and_context_window_backup.json"))
            """
        let run = try Tools(folder: top.path).tool(["python3", "-c", code])
        let path = run.output.trimmingCharacters(in: .whitespacesAndNewlines)
        return Array(try Data(contentsOf: URL(filePath: path)))
    }

    /// The models that are kept by hand.
    static func byHand() throws -> [UInt8] {
        Array(try Data(contentsOf: top.appending(path: "scripts/models/by-hand.json")))
    }

    /// The catalogue of both, built on the day that the file kept by hand names.
    static func draft() throws -> CatalogueDraft {
        let hand = try byHand()
        var draft = CatalogueDraft(built: try CatalogueReader.read(hand).draft.built)
        try ModelFeed.litellm.read(try wheel(), into: &draft)
        try ModelFeed.merge.read(hand, into: &draft)
        return draft
    }

    /// The source files of a catalogue's text, by name: one for the sources, and one for each provider.
    private static func files(of draft: CatalogueDraft) -> [String: String] {
        let lines = String(decoding: CatalogueText.encode(draft), as: UTF8.self).split(separator: "\n")
        var parts: [(name: String, lines: [Substring])] = [("Sources", [])]
        for line in lines {
            let fields = line.split(separator: "\t")
            if fields.count == 2, Int(fields[1]) != nil, let slug = ProviderSlug(rawValue: String(fields[0])) {
                parts.append((slug.rawValue.capitalized, []))
            }
            parts[parts.count - 1].lines.append(line)
        }
        let comment = "// swift-format-ignore-file\n\n"
        var files: [String: String] = [:]
        for (name, lines) in parts {
            files["BuiltInModels+\(name).swift"] = """
                \(comment)extension BuiltInModels {
                    static let \(name.lowercased()): StaticString = #\"""
                \(lines.map { "        \($0)" }.joined(separator: "\n"))

                        \"""#
                }

                """
        }
        let names = parts.map { $0.name.lowercased() }.joined(separator: ", ")
        files["BuiltInModels.swift"] = """
            \(comment)/// The text of the catalogue inside the program; `scripts/catalogue` makes it.
            enum BuiltInModels {
                static var texts: [StaticString] { [\(names)] }
            }

            """
        return files
    }

    @Test func isMadeFromItsSources() throws {
        let folder = Self.top.appending(path: "Sources/RosterCatalogue/BuiltIn")
        for (name, text) in Self.files(of: try Self.draft()) {
            let url = folder.appending(path: name)
            guard (try? String(contentsOf: url, encoding: .utf8)) != text else { continue }
            if ProcessInfo.processInfo.environment["ROSTER_RECORD"] == "1" {
                try text.write(to: url, atomically: true, encoding: .utf8)
            }
            Issue.record("\(name) is not what the sources of the catalogue give: scripts/catalogue")
        }
    }

    @Test func hasEveryDatedModelOfItsSources() throws {
        let file = try JSONReader.read(utf8: try Self.wheel()).object
        var dated = 0
        for member in try #require(file).members where member.name != "sample_spec" {
            guard let facts = member.value.object, let date = facts["deprecation_date"]?.string,
                let slug = Self.slug(facts["litellm_provider"]?.string)
            else { continue }
            let parts = member.name.split(separator: "/").map(String.init)
            let model = slug == .groq ? parts.dropFirst().joined(separator: "/") : parts.last ?? ""
            let row = ModelCatalogue.builtIn.row(of: slug, model)
            let entry = row.map(ModelCatalogue.builtIn.entry)
            let retires = try #require(entry?.retires, "\(member.name)")
            #expect(retires.description <= date, "\(member.name)")
            dated += 1
        }
        #expect(dated > 650)
        for entry in try CatalogueReader.read(try Self.byHand()).draft.entries {
            let row = try #require(ModelCatalogue.builtIn.row(of: entry.provider, entry.model))
            let found = ModelCatalogue.builtIn.entry(row)
            #expect(try #require(found.retires) <= #require(entry.retires))
            #expect(found.sources.contains { $0.name == entry.sources[0].name && $0.url != nil }, "\(entry.model)")
        }
    }

    private static func slug(_ provider: String?) -> ProviderSlug? {
        switch provider {
        case "openai", "text-completion-openai": .openai
        case "anthropic": .anthropic
        case "gemini": .google
        case "groq": .groq
        case "xai": .xai
        case "azure", "azure_ai", "azure_text": .azure
        case "bedrock", "bedrock_converse", "bedrock_mantle": .bedrock
        default: nil
        }
    }

    @Test func namesASourceAndADayForEachModel() {
        let draft = ModelCatalogue.builtIn.draft
        #expect(draft.entries.count == ModelCatalogue.builtIn.count)
        #expect(draft.entries.count > 800)
        for entry in draft.entries {
            #expect(!entry.sources.isEmpty && entry.sources.allSatisfy { $0.seen <= draft.built }, "\(entry.model)")
        }
        #expect(draft.complete.isEmpty)
        #expect(Set(draft.entries.map(\.provider)) == [.openai, .anthropic, .google, .xai, .groq, .azure, .bedrock])
    }

    @Test func isSmall() { #expect(BuiltInModels.texts.reduce(0) { $0 + $1.utf8CodeUnitCount } < 100 << 10) }
}
