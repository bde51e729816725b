/// `default-model-changed`: defaultModel changes.
enum DefaultModelChanged: ProviderRisk {
    static let name = "default-model-changed"
    static let risk = Risk.medium
    static let summary = "defaultModel changes"
    static let explanation = """
        Responses, speed and price change for every program that does not choose a model.
        """
    static let example = RiskExample(
        .replace(RiskExample.provider, "defaultModel: gpt-5.6", with: "defaultModel: gpt-5.4")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard pair.both != nil, pair.field("defaultModel") != nil else { return nil }
        return "programs that do not choose a model get a different one"
    }
}
