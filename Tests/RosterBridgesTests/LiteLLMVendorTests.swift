import RosterCatalogue
import RosterModel
import Testing

@testable import RosterBridges

/// The table of LiteLLM's providers.
@Suite("Import: providers of LiteLLM")
struct LiteLLMVendorTests {
    @Test("Each prefix appears once, and each vendor has an endpoint or a reason")
    func table() throws {
        var prefixes: Set<String> = []
        var variables: Set<String> = []
        for vendor in LiteLLMVendor.table {
            for prefix in vendor.prefixes { #expect(prefixes.insert(prefix.description).inserted, "\(prefix)") }
            for key in vendor.keys { #expect(variables.insert(key.description).inserted, "\(key)") }
            switch vendor.wire {
            case .compatible, .translated:
                let url = try #require(vendor.knownURL, "\(vendor.name)")
                #expect((try? BaseURL(url)) != nil)
                #expect(!vendor.keys.isEmpty, "\(vendor.name)")
            case .unsupported: #expect(vendor.refusal?.isEmpty == false)
            case .slug, .server, .gateway: #expect(vendor.refusal == nil)
            }
        }
    }

    @Test("A slug's prefix for LiteLLM leads back to the slug", arguments: ProviderSlug.allCases)
    func prefixes(_ slug: ProviderSlug) throws {
        let vendor = try #require(LiteLLMVendor.named(slug.prefixInLiteLLM))
        guard case .slug(let found) = vendor.wire else {
            Issue.record("\(slug)")
            return
        }
        #expect(found == slug || found == .openai)
    }

    /// A model that the catalogue gives another date has to be replaced in the table.
    @Test("No usual model retires within half a year of the catalogue's day")
    func usualModelsAreAlive() {
        for vendor in LiteLLMVendor.table {
            guard case .slug(let slug) = vendor.wire, let model = vendor.usualModel?.description else { continue }
            let entry = ModelCatalogue.builtIn.entry(for: slug, model: model, config: nil)
            guard let retires = entry?.retires else { continue }
            #expect(retires.daysSince1970 > ModelCatalogue.builtIn.built.daysSince1970 + 180, "\(slug) \(model)")
        }
    }
}
