import RosterDiagnostics
import RosterModel

/// `partly-denied`: a Deny of only one of List and Get.
enum PartlyDenied: Rule {
    static let name = "partly-denied"
    static let severity = Severity.warning
    static let summary = "a Deny of only one of List and Get"
    static let explanation = """
        Listing shows whole records, so a record that may not be got can still be read in a list, and the other way \
        round. To hide a provider, deny both actions for it.
        """
    static let failing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy
                + "      - {effect: Deny, action: [aiProviders:GetAiProvider], resource: [acme/gpt-4o]}\n"
        )
    )
    static let passing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy
                + "      - {effect: Deny, action: [aiProviders:GetAiProvider, aiProviders:ListAiProviders], resource: [acme/gpt-4o]}\n"
        )
    )

    static func check(_ model: LinkedModel, _ findings: inout Findings) {
        for policy in model.roster.access?.policies ?? [] {
            let denials = policy.statements.filter { $0.effect == .deny }
            for statement in denials {
                for resource in statement.resources {
                    let covering = denials.filter { other in
                        other.resources.contains { covers($0.value, resource.value) }
                    }
                    let actions = covering.flatMap(\.actions).map(\.value)
                    let deniesAll = actions.contains { AccessAction.wildcards.contains($0) }
                    let deniesList = actions.contains(AccessAction.list.rawValue)
                    let deniesGet = actions.contains(AccessAction.get.rawValue)
                    guard !deniesAll, deniesList != deniesGet,
                        statement.actions.contains(where: { isReading($0.value) })
                    else { continue }
                    let missing = deniesList ? AccessAction.get : AccessAction.list
                    findings.report(
                        Self.self,
                        at: .file(0, resource.span),
                        "\(quoted(resource.value)) can still be read, by \(missing.rawValue)",
                        help: "deny \(AccessAction.list.rawValue) and \(AccessAction.get.rawValue) together"
                    )
                }
            }
        }
    }

    private static func isReading(_ action: String) -> Bool {
        action == AccessAction.list.rawValue || action == AccessAction.get.rawValue
    }

    /// Whether a resource stands for everything that another one stands for.
    private static func covers(_ wide: String, _ narrow: String) -> Bool {
        wide == "*" || wide == narrow || (wide.hasSuffix("/*") && narrow.hasPrefix(wide.dropLast()))
    }
}
