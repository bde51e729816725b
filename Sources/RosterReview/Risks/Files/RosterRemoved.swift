import RosterCompiler

/// `roster-removed`: `roster.yaml` is removed.
enum RosterRemoved: RiskRule {
    static let name = "roster-removed"
    static let risk = Risk.critical
    static let summary = "roster.yaml is removed"
    static let explanation = """
        Without it there is no registry: no sealing key, no policy, and no base for the review of later changes. \
        Files that are added later look like a new registry.
        """
    static let example = RiskExample(
        .delete(RiskExample.roster)
    )

    /// The reason.
    static let sentence = "without roster.yaml there is no registry, and nothing that later changes are compared with"
}
