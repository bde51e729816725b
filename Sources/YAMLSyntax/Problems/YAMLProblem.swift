/// A part of a file that the strict reader refuses, with its place.
public enum YAMLProblem: Sendable, Equatable {
    /// An error of libyaml, with its own words and the two places that it names.
    case syntax(problem: String, at: ByteSpan, context: String?, contextAt: ByteSpan?)
    /// A mistake that made libyaml stop, at the byte that is wrong.
    case mistake(YAMLMistake, ByteSpan)
    /// A merge conflict. A file that has one has no other problems.
    case conflict(YAMLConflict)
    /// The second of two equal keys of one mapping.
    case duplicateKey(first: ByteSpan, second: ByteSpan)
    /// The start of a second document.
    case anotherDocument(ByteSpan)
    /// A part of YAML that the format excludes.
    case unsupported(Construct, ByteSpan)
    /// Nesting that exceeds a limit.
    case tooDeep(limit: Int, ByteSpan)
    /// A layout that readers of YAML 1.2 refuse, at the offending byte.
    case layout(YAMLLayout, ByteSpan)

    /// A part of YAML that the format excludes.
    public enum Construct: Sendable {
        case anchor, alias, mergeKey, tag, directive, explicitKey, keyIsNoString, keyIsNoScalar, template
    }

    /// The largest number of problems that are reported of a file.
    static let limit = 100

    /// The place of the problem.
    public var span: ByteSpan {
        switch self {
        case .syntax(_, let at, _, _): at
        case .duplicateKey(_, let second): second
        case .conflict(let conflict): conflict.start
        case .anotherDocument(let span), .unsupported(_, let span), .tooDeep(_, let span), .layout(_, let span),
            .mistake(_, let span):
            span
        }
    }
}
