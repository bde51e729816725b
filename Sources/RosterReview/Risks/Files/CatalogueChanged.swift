/// `catalogue-changed`: the repository's catalogue of models, or how models are checked, changes.
enum CatalogueChanged: RiskRule {
    static let name = "catalogue-changed"
    static let risk = Risk.medium
    static let summary = "models.json, or models in roster.yaml, changes"
    static let explanation = """
        They decide which models check and this review call retired, retiring or unknown. A wrong day hides a retirement \
        from everyone, and a later build of the catalogue restores it. Compare changed days with the provider's page.
        """
    static let example = RiskExample(
        .add("models.json", "{\"catalogue\": 1, \"built\": \"2026-11-20\", \"models\": []}\n")
    )

    /// The reason.
    static let sentence = "it decides which models are reported as retired, retiring or unknown"
}
