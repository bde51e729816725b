/// Roster's own version.
package enum RosterVersion {
    /// As `roster --version` prints it, and as an MCP server calls itself.
    package static let text = "0.2.0"
}
