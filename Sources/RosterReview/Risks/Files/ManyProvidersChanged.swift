import RosterCompiler
import RosterFrontend

/// `many-providers-changed`: more than 30 % of at least 10 providers are changed or deleted.
enum ManyProvidersChanged: RiskRule {
    static let name = "many-providers-changed"
    static let risk = Risk.high
    static let summary = "more than 30 % of at least 10 providers are changed or deleted"
    static let explanation = """
        A mistake of this size affects everything at the same time. Ask whether the change can be split.
        """
    static let example = RiskExample(
        given: (0..<9).map { .add("providers/acme/local-\($0).yaml", local($0)) },
        .replace("providers/acme/local-0.yaml", "llama3.2", with: "llama3.3"),
        .replace("providers/acme/local-1.yaml", "llama3.2", with: "llama3.3"),
        .replace("providers/acme/local-2.yaml", "llama3.2", with: "llama3.3"),
        .delete("providers/acme/local-3.yaml")
    )

    /// Returns the reason, if this number of the base's providers is large enough.
    static func sentence(touched: Int, of count: Int) -> String? {
        guard count >= 10, touched * 10 > count * 3 else { return nil }
        return "\(touched) of \(count) providers are changed or deleted together"
    }

    private static func local(_ number: Int) -> String {
        RuleExample.ollama().replacing("aip_5mLd1oQaRw7yXz2B", with: "aip_5mLd1oQaRw7yXz2\(number)")
            .replacing("Local model", with: "Local model \(number)")
    }
}
