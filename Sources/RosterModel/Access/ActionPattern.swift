/// An action of a statement: the name of an ``AccessAction``, or a wildcard for all of them.
public struct ActionPattern: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as it is written.
    public let text: String
    /// The actions that the pattern covers; empty for an unknown name.
    package let rights: AccessRights

    /// Parses a pattern.
    public init(_ text: String) {
        self.text = text
        rights = AccessRights(named: text)
    }

    /// The pattern as it is written.
    public var description: String { text }

    /// Every name that a pattern can have: those of the actions, then the wildcards.
    public static var names: [String] { AccessAction.allCases.map(\.rawValue) + AccessAction.wildcards }
}
