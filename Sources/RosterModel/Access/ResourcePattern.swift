/// A resource of a statement: `*`, `<project>/*` or `<project>/<handle>`.
public struct ResourcePattern: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as it is written.
    public let text: String
    /// The providers that the pattern covers.
    public let scope: Scope

    /// The providers that a pattern covers.
    public enum Scope: Sendable, Hashable {
        /// Every provider.
        case everywhere
        /// Every provider of a project, by the project's handle.
        case project(String)
        /// One provider, as `<project>/<handle>`.
        case provider(String)
    }

    /// Parses a pattern; text without a wildcard is the name of a provider.
    public init(_ text: String) {
        self.text = text
        if text == "*" {
            scope = .everywhere
        } else if text.hasSuffix("/*") {
            scope = .project(String(text.dropLast(2)))
        } else {
            scope = .provider(text)
        }
    }

    /// The pattern as it is written.
    public var description: String { text }
}
