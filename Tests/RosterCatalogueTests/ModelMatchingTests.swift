import Foundation
import RosterModel
import Testing

@testable import RosterCatalogue

/// Names of models as people write them, and the models of the catalogue inside the program that they are.
@Suite("Matching models")
struct ModelMatchingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var slug: ProviderSlug
        var name: String
        /// The model of the catalogue; nil when there is none.
        var model: String?

        var testDescription: String { "\(slug.rawValue) \(name)" }
    }

    static let cases: [Case] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "matches.tsv")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 3, let slug = ProviderSlug(rawValue: fields[0]) else { return nil }
            return Case(slug: slug, name: fields[1], model: fields[2] == "-" ? nil : fields[2])
        }
    }()

    @Test func hasManyNames() { #expect(Self.cases.count >= 150) }

    @Test("A name is matched", arguments: cases)
    func matches(_ item: Case) {
        let row = ModelCatalogue.builtIn.row(of: item.slug, item.name)
        #expect(row.map { ModelCatalogue.builtIn.entry($0).model } == item.model)
    }

    @Test("Every model of the catalogue is found by its own name, and by no similar name")
    func findsEveryModel() {
        let catalogue = ModelCatalogue.builtIn
        for entry in catalogue.draft.entries {
            let row = catalogue.row(of: entry.provider, entry.model)
            #expect(row.map(catalogue.entry) == entry)
            #expect(row?.isDated == (entry.retires != nil))
            for other in [entry.model + "!", "!" + entry.model, entry.model + "\t", entry.model + "\n\n"] {
                #expect(catalogue.row(of: entry.provider, other) == nil)
            }
        }
    }

    @Test func checksOtherProvidersByTheRepositorysOwnCatalogue() throws {
        var draft = CatalogueDraft(built: CalendarDate(daysSince1970: 20_000))
        for slug in [ProviderSlug.gateway, .custom, .ollama] {
            let isNew = draft.insert(ModelEntry(provider: slug, model: "meta-llama/llama-3.3-70b-instruct:free"))
            #expect(isNew)
        }
        let catalogue = ModelCatalogue(draft, origin: .repository)
        for slug in [ProviderSlug.gateway, .custom, .ollama] {
            #expect(catalogue.row(of: slug, "meta-llama/llama-3.3-70b-instruct:free") != nil)
            #expect(catalogue.row(of: slug, "meta-llama/llama-3.3-70b-instruct") == nil)
        }
        #expect(catalogue.row(of: .openai, "meta-llama/llama-3.3-70b-instruct:free") == nil)
        #expect(ModelCatalogue(CatalogueDraft(built: draft.built), origin: .repository).row(of: .openai, "x") == nil)
    }
}
