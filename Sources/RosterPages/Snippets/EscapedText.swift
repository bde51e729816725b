/// A language that values are written into.
protocol SnippetLanguage: Sendable {}

/// A text of a language that is made of constants and escaped values.
///
/// There is no interpolation of a plain `String`: each language adds one for each place where it allows a value.
struct EscapedText<Language: SnippetLanguage>: ExpressibleByStringInterpolation, Hashable, Sendable {
    /// The text.
    private(set) var text: String

    init(stringLiteral text: StaticString) { self.text = text.description }

    init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    /// The pieces of a text.
    struct Interpolation: StringInterpolationProtocol {
        fileprivate(set) var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

        /// Appends a constant, such as the name of a variable.
        mutating func appendInterpolation(_ constant: StaticString) { text += constant.description }

        /// Appends a text of the same language.
        mutating func appendInterpolation(_ other: EscapedText) { text += other.text }

        /// Appends text that is escaped, for the interpolations of a language.
        mutating func append(escaped text: String) { self.text += text }
    }

    static func + (one: EscapedText, other: EscapedText) -> EscapedText { "\(one)\(other)" }

    static func += (one: inout EscapedText, other: EscapedText) { one = one + other }
}

extension Sequence {
    /// Returns the texts with a separator between them.
    func joined<Language>(separator: EscapedText<Language>) -> EscapedText<Language>
    where Element == EscapedText<Language> {
        var joined: EscapedText<Language>?
        for text in self { joined = joined.map { $0 + separator + text } ?? text }
        return joined ?? ""
    }
}
