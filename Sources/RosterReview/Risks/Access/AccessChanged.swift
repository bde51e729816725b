import RosterCompiler

/// `access-changed`: policies or tokens change without effect on what is there.
enum AccessChanged: RiskRule {
    static let name = "access-changed"
    static let risk = Risk.medium
    static let summary = "policies or tokens change without effect on what is there"
    static let explanation = """
        No token may do more or less with any provider that both sides have. It may with the next one.
        """
    static let example = RiskExample(
        given: [RiskExample.withAccess],
        .replace(RiskExample.roster, "resource: [\"acme/*\"]", with: "resource: [\"acme/*\", \"acme/gpt-4o\"]")
    )

    /// The reason.
    static let sentence = "no token may do more or less with what is there now"
    /// The reason for what comes or goes with the whole section.
    static let withSection = "it comes or goes with the access section"
    /// The reason for the section as a whole, when it begins.
    static let beginning = "the registry is open no more"
}
