/// `config-changed`: config changes.
enum ConfigChanged: ProviderRisk {
    static let name = "config-changed"
    static let risk = Risk.medium
    static let summary = "config changes"
    static let explanation = """
        config contains settings for the programs that use the provider. The row lists the paths that differ.
        """
    static let example = RiskExample(
        .append(RiskExample.provider, "config:\n  retry:\n    max: 3\n")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard pair.both != nil else { return nil }
        let paths = pair.fields.map(\.path).filter { $0.hasPrefix("config") }
        guard !paths.isEmpty else { return nil }
        let shown = paths.prefix(3).joined(separator: ", ")
        return
            "\(shown)\(paths.count > 3 ? " and \(paths.count - 3) more" : "") \(paths.count == 1 ? "differs" : "differ")"
    }
}
