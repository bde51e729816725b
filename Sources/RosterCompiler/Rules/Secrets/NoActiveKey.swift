import RosterDiagnostics

/// `no-active-key`: secrets exist and every sealing key is retired.
enum NoActiveKey: Rule {
    static let name = "no-active-key"
    static let severity = Severity.error
    static let summary = "secrets exist and every sealing key is retired"
    static let explanation = """
        Nothing can be sealed while every key is retired, and every secret is open only to those who should no \
        longer open it. Make a new key with `roster key generate` and re-seal.
        """
    static let failing = RuleExample(roster: RuleExample.roster + "    retired: true\n")
    static let passing = RuleExample(roster: RuleExample.roster)

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
