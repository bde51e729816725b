import Foundation
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterCatalogue

/// Files of models in the shapes that their publishers give them.
@Suite("Feeds of models")
struct FeedTests {
    private static let day = CalendarDate(daysSince1970: 20_786)

    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Feeds")
        return Array(try Data(contentsOf: folder.appending(path: name)))
    }

    private static func draft(_ feeds: (ModelFeed, String)...) throws -> CatalogueDraft {
        var draft = CatalogueDraft(built: day)
        for (feed, name) in feeds { try feed.read(try bytes(name), into: &draft) }
        return draft
    }

    @Test func readsLiteLLM() throws {
        let draft = try Self.draft((.litellm, "litellm.json"))
        let old = try #require(draft.entry(.openai, "gpt-old"))
        #expect(old.retires?.description == "2027-01-14" && old.successors == ["gpt-new"] && old.context == 128_000)
        #expect(old.price?.words == "2.5 in, 10 out USD per 1M" && old.kind == .chat)
        #expect(old.sourceWords == "litellm (https://developers.openai.com/api/docs/deprecations, seen 2026-11-29)")
        #expect(draft.entry(.openai, "picture-1")?.kind == .image)
        #expect(draft.entry(.groq, "maker/fast-7b")?.price?.input == "0.05")
        #expect(draft.entry(.google, "gemini-old")?.kind == .embedding)
        #expect(draft.entry(.google, "publishers/anthropic/models/claude-old@20250101")?.retires != nil)
        #expect(draft.entries.allSatisfy { $0.sources.allSatisfy { $0.name == "litellm" } })
    }

    @Test func prefersThePriceOfTheModelToThatOfARegion() throws {
        let azure = try #require(try Self.draft((.litellm, "litellm.json")).entry(.azure, "gpt-old"))
        #expect(azure.price?.input == "2.5" && azure.retires?.description == "2027-06-30")
    }

    @Test func foldsRegionsWithTheSameDate() throws {
        let draft = try Self.draft((.litellm, "litellm.json"))
        #expect(draft.entry(.bedrock, "us.anthropic.claude-old-v1:0") == nil)
        #expect(draft.entry(.bedrock, "eu.anthropic.claude-old-v1:0")?.retires?.description == "2026-12-24")
        #expect(draft.entry(.bedrock, "anthropic.claude-old-v1:0")?.retires?.description == "2027-02-01")
    }

    @Test func keepsSourcesThatDisagreeAndCountsTheEarliest() throws {
        for deprecations in ["deprecations.json", "feed.json"] {
            for order in [true, false] {
                let feeds: [(ModelFeed, String)] = [(.litellm, "litellm.json"), (.deprecations, deprecations)]
                var draft = CatalogueDraft(built: Self.day)
                for (feed, name) in order ? feeds : feeds.reversed() {
                    try feed.read(try Self.bytes(name), into: &draft)
                }
                let entry = try #require(draft.entry(.openai, "gpt-old"))
                #expect(entry.retires?.description == "2027-01-14")
                #expect(entry.deprecated?.description == "2026-07-20")
                let dates = Dictionary(uniqueKeysWithValues: entry.sources.map { ($0.name, $0.retires?.description) })
                #expect(dates == ["litellm": "2027-01-14", "deprecations-rss": "2027-01-20"])
                #expect(entry.sources.first { $0.name == "deprecations-rss" }?.seen.description == "2026-07-21")
                #expect(entry.kind == .chat)
            }
        }
    }

    @Test func readsDeprecationsWithoutSuccessors() throws {
        let draft = try Self.draft((.deprecations, "deprecations.json"))
        #expect(draft.entry(.groq, "maker/fast-7b")?.successors == [])
        #expect(draft.entries.count == 2)
    }

    @Test func readsModelsDev() throws {
        let draft = try Self.draft((.modelsDev, "models-dev.json"))
        let new = try #require(draft.entry(.openai, "gpt-new"))
        #expect(new.price?.words == "1.25 in, 10 out USD per 1M" && new.context == 400_000 && new.retires == nil)
        #expect(draft.entry(.bedrock, "amazon.nova-old-v1:0")?.kind == .image)
        #expect(draft.entries.count == 2)
    }

    @Test func writesTheSameBytesTwiceAndReadsThemBack() throws {
        func document() throws -> [UInt8] {
            try Self.draft(
                (.litellm, "litellm.json"),
                (.deprecations, "deprecations.json"),
                (.modelsDev, "models-dev.json")
            ).document
        }
        let bytes = try document()
        #expect(try document() == bytes)
        let read = try CatalogueReader.read(bytes).draft
        #expect(read.document == bytes)
        #expect(ModelCatalogue(read, origin: .repository).draft.document == bytes)
        var merged = CatalogueDraft(built: Self.day)
        try ModelFeed.merge.read(bytes, into: &merged)
        #expect(merged.document == bytes)
        let keys = read.entries.map { Array($0.provider.rawValue.utf8) + [0] + Array($0.model.utf8) }
        #expect(keys == keys.sorted { $0.lexicographicallyPrecedes($1) })
    }
}
