import RosterBytes
package import YAMLSyntax

/// `models` of `roster.yaml`.
package struct ModelsDeclaration: Sendable {
    /// The place of the key.
    package var key: ByteSpan
    /// The number of days before its retirement within which a model is reported; nil for the default.
    package var warnWithin: Located<Int>?

    /// The number of days without a declaration.
    package static let defaultDays = 90
    /// The largest number of days.
    package static let dayLimit = 3650

    init(key: ByteSpan, _ node: YAMLNodeIndex, in tree: borrowing YAMLTree, _ findings: inout Findings) {
        self.key = key
        let fields = Shape.read(node, as: ModelsKey.self, in: tree, &findings)
        warnWithin = fields.node(.warnWithin).flatMap { node in
            Self.days(tree.text(of: node)).map { Located($0, tree[node].span) }
        }
    }

    /// Parses a number of days, such as `30d`; returns nil for any other notation.
    static func days(_ text: String) -> Int? {
        let digits = text.utf8.dropLast()
        guard text.utf8.last == UInt8(ascii: "d"), (1...4).contains(digits.count),
            digits.allSatisfy(\.isASCIIDigit), let days = Int(String(Substring(digits))), days <= dayLimit
        else { return nil }
        return days
    }
}
