import RosterCompiler

/// `access-changed`: policies or tokens change, and no access to existing providers changes.
enum AccessChanged: RiskRule {
    static let name = "access-changed"
    static let risk = Risk.medium
    static let summary = "policies or tokens change, and no access to existing providers changes"
    static let explanation = """
        No token gains or loses rights to a provider that both sides have. It may to a later one.
        """
    static let example = RiskExample(
        given: [RiskExample.withAccess],
        .replace(RiskExample.roster, "resource: [\"acme/*\"]", with: "resource: [\"acme/*\", \"acme/gpt-4o\"]")
    )

    /// The reason.
    static let sentence = "no token gains or loses access to an existing provider"
    /// The reason for a policy or token that is added or removed with the section.
    static let withSection = "it is added or removed with the access section"
    /// The reason for a new section.
    static let beginning = "the registry is no longer open"
}
