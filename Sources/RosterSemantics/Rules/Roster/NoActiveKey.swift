package import RosterDiagnostics
package import RosterFrontend

/// `no-active-key`: secrets exist and every sealing key is retired.
package enum NoActiveKey: RosterRule {
    package static let name = "no-active-key"
    package static let severity = Severity.error
    package static let summary = "secrets exist and every sealing key is retired"
    package static let explanation = """
        Nothing can be sealed while every key is retired, and only users who should no longer have access can open the \
        secrets. Make a new key with `roster key generate` and re-seal.
        """
    package static let failing = RuleExample(roster: RuleExample.roster + "    retired: true\n")
    package static let passing = RuleExample(roster: RuleExample.roster)

    static func check(_ roster: RosterDeclaration, in repository: LinkedRepository, _ findings: inout Findings) {
        let keys = roster.sealingKeys
        guard roster.areSealingKeysWhole, !repository.secrets.isEmpty, keys.allSatisfy(\.isRetired) else { return }
        findings.report(
            Self.self,
            at: .file(0, roster.sealingKeysKey ?? roster.firstKey),
            keys.isEmpty
                ? "there are secrets and no sealing key" : "there are secrets, and every sealing key is retired",
            help: "make a key and re-seal: roster key generate, then roster secret reseal --all"
        )
    }
}
