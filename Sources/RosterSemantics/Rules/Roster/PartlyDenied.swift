package import RosterDiagnostics
package import RosterFrontend
import RosterModel

/// `partly-denied`: a Deny of only one of List and Get.
package enum PartlyDenied: RosterRule {
    package static let name = "partly-denied"
    package static let severity = Severity.warning
    package static let summary = "a Deny of only one of List and Get"
    package static let explanation = """
        A list contains whole records, so a provider for which only Get is denied can still be read in a list, and one \
        for which only List is denied can still be read with Get. To hide a provider, deny both actions for it.
        """
    package static let failing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy
                + "      - {effect: Deny, action: [aiProviders:GetAiProvider], resource: [acme/gpt-4o]}\n"
        )
    )
    package static let passing = RuleExample(
        roster: RuleExample.access(
            policies: RuleExample.readerPolicy
                + "      - {effect: Deny, action: [aiProviders:GetAiProvider, aiProviders:ListAiProviders], resource: [acme/gpt-4o]}\n"
        )
    )

    static func check(_ roster: RosterDeclaration, in repository: LinkedRepository, _ findings: inout Findings) {
        for policy in roster.access?.policies ?? [] {
            let denials = policy.statements.filter { $0.effect == .deny }
            var denied: [String: Reading] = [:]
            for statement in denials {
                let reading = Reading(statement)
                for resource in statement.resources { denied[resource.value, default: []].formUnion(reading) }
            }
            for statement in denials where statement.actions.contains(where: { isReading($0.value) }) {
                for resource in statement.resources {
                    var reading = denied["*"] ?? []
                    for wide in wider(resource.value) { reading.formUnion(denied[wide] ?? []) }
                    guard reading == .list || reading == .get else { continue }
                    let missing = reading == .list ? AccessAction.get : AccessAction.list
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

    /// The ways to read that a statement is about.
    private struct Reading: OptionSet {
        let rawValue: Int
        static let list = Reading(rawValue: 1)
        static let get = Reading(rawValue: 2)

        init(rawValue: Int) { self.rawValue = rawValue }

        init(_ statement: StatementDeclaration) {
            self = []
            for action in statement.actions.map(\.value) {
                if AccessAction.wildcards.contains(action) { formUnion([.list, .get]) }
                if action == AccessAction.list.rawValue { insert(.list) }
                if action == AccessAction.get.rawValue { insert(.get) }
            }
        }
    }

    /// The resource itself, and its project's wildcard.
    private static func wider(_ resource: String) -> [String] {
        guard let slash = resource.firstIndex(of: "/") else { return [resource] }
        let project = resource[...slash] + "*"
        return project == resource ? [resource] : [resource, String(project)]
    }

    private static func isReading(_ action: String) -> Bool {
        action == AccessAction.list.rawValue || action == AccessAction.get.rawValue
    }
}
