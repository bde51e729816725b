/// Roster's own version.
package enum RosterVersion {
    /// The number that `roster --version` prints first, and that an MCP server reports.
    package static let text = "0.1.0"
}
