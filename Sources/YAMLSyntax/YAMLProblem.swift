/// Something that the strict reader refuses, with its place.
public enum YAMLProblem: Sendable, Equatable {
    /// libyaml gave the file up. `problem` and `context` are its own words, at the two places that it names.
    case syntax(problem: String, at: ByteSpan, context: String?, contextAt: ByteSpan?)
    /// A mistake that made libyaml give the file up, at the byte that is wrong.
    case mistake(YAMLMistake, ByteSpan)
    /// A merge conflict. A file that has one has no other problems.
    case conflict(YAMLConflict)
    /// The second of two equal keys of one mapping.
    case duplicateKey(first: ByteSpan, second: ByteSpan)
    /// The start of a second document.
    case anotherDocument(ByteSpan)
    case unsupported(Construct, ByteSpan)
    case tooDeep(limit: Int, ByteSpan)
    /// A layout that readers of YAML 1.2 refuse, at the offending byte.
    case layout(YAMLLayout, ByteSpan)

    /// Parts of YAML that the format leaves out.
    public enum Construct: Sendable {
        case anchor, alias, mergeKey, tag, directive, explicitKey, keyIsNoString, keyIsNoScalar, template
    }

    /// The place that is to blame.
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
