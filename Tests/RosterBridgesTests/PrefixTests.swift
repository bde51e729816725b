import RosterModel
import Testing

@testable import RosterBridges

@Suite struct PrefixTests {
    @Test func onlyOpenAICompatibleSlugsShareAPrefix() {
        let shared = Dictionary(grouping: ProviderSlug.allCases, by: \.prefixInLiteLLM).values.filter { $0.count > 1 }
        #expect(shared == [[.openai, .gateway, .custom]])
    }
}
