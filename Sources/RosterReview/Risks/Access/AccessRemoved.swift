import RosterCompiler
import RosterModel

/// `access-removed`: the access section is removed or emptied.
enum AccessRemoved: RiskRule {
    static let name = "access-removed"
    static let risk = Risk.critical
    static let summary = "the access section is removed or emptied"
    static let explanation = """
        Without the section every client that reaches the server can read the registry. An empty section locks \
        all clients out, and tempts people to remove it.
        """
    static let example = RiskExample(
        given: [RiskExample.withAccess],
        .replace(RiskExample.roster, RiskExample.access, with: "")
    )

    /// Returns the reason if the head has no section, or an empty one that was not empty in the base.
    static func sentence(base: Access?, head: Access?) -> String? {
        guard let base else { return nil }
        guard let head else { return "the registry is open to every client" }
        let wasEmpty = base.policies.isEmpty && base.tokens.isEmpty
        return !wasEmpty && head.policies.isEmpty && head.tokens.isEmpty ? "no client may read" : nil
    }
}
