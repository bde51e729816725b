public import RosterDiagnostics

/// `no-active-key`: secrets exist and every sealing key is retired.
public enum NoActiveKey: Rule {
    public static let name = "no-active-key"
    public static let severity = Severity.error
    public static let summary = "secrets exist and every sealing key is retired"
    public static let explanation = """
        Nothing can be sealed while every key is retired, and every secret is open only to those who should no \
        longer open it. Make a new key with `roster key generate` and re-seal.
        """
    public static let failing = RuleExample(roster: RuleExample.roster + "    retired: true\n")
    public static let passing = RuleExample(roster: RuleExample.roster)

    static func check(_ model: LinkedModel, _ findings: inout Findings) {
        let keys = model.roster.sealingKeys
        guard model.roster.areSealingKeysWhole, !model.secrets.isEmpty, keys.allSatisfy(\.isRetired) else { return }
        findings.report(
            Self.self,
            at: .file(0, model.roster.sealingKeysKey ?? model.roster.firstKey),
            keys.isEmpty
                ? "there are secrets and no sealing key" : "there are secrets, and every sealing key is retired",
            help: "make a key and re-seal: roster key generate, then roster secret reseal --all"
        )
    }
}
