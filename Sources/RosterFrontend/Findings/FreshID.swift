import RosterDiagnostics
package import RosterModel
package import YAMLSyntax

/// An offer of a new id for a record without a valid one.
///
/// A rule only asks for it: the id is made when findings become diagnostics, so that rules stay pure.
package struct FreshID: Sendable {
    /// The reason why a record needs an id.
    package enum Need: Sendable {
        case missing, malformed, duplicate
    }

    /// The records that an id is bound to, which a new id would break.
    package enum Binding: Sendable {
        case free
        /// The sealed boxes of the secret itself.
        case sealed
        /// The sealed boxes of the secrets of a project, when it has any.
        case project(String)
    }

    /// The prefix of the ids of the record's kind.
    package let prefix: StaticString
    package let need: Need
    package let binding: Binding
    /// The texts before and after the id in a replacement of the finding's span; nil when there is none.
    package let replacement: (before: String, after: String)?

    /// A Boolean value that indicates whether `check --fix` may write the id, because nothing can be lost.
    package var isSafe: Bool { prefix.description == ProviderKind.prefix.description && need != .malformed }

    private init(
        _ kind: any RecordKind.Type,
        _ need: Need,
        project: String?,
        replacement: (before: String, after: String)?
    ) {
        prefix = kind.prefix
        self.need = need
        self.replacement = replacement
        binding = kind == SecretKind.self ? .sealed : project.map { .project($0) } ?? .free
    }

    /// Returns what to do, with an id where one was made.
    package func help(_ id: String?, path: String) -> String {
        let line = "\"id: \(id ?? "\(prefix)…")\""
        let fix = isSafe && replacement != nil ? " (roster check --fix writes it)" : ""
        let form = id == nil ? ", \(prefix) and 16 random letters and digits" : ""
        switch need {
        case .missing: return "add the line \(line)\(fix)\(form), or the id that it had: git log -p -- \(path)"
        case .malformed: return "write the id that it had: git log -p -- \(path); a new record gets \(line)\(form)"
        case .duplicate: return "a copied record needs its own id: \(line)\(fix)\(form)"
        }
    }

    /// Returns what to do where sealed boxes open under the old id only.
    package func boundHelp(path: String) -> String {
        let restore = "restore the id that it had: git log -p -- \(path)"
        guard case .project = binding else { return "the id is sealed into the boxes, so \(restore)" }
        return "the id is sealed into the boxes of the project's secrets, so \(restore)"
    }
}

extension FreshID {
    /// Creates an id for a mapping that has none: a line before the first key.
    package init(_ kind: any RecordKind.Type, insertedInto mapping: YAMLNodeIndex, in tree: borrowing YAMLTree) {
        self.init(
            kind,
            .missing,
            project: Self.project(kind, of: mapping, in: tree),
            replacement: Self.insertion(into: mapping, in: tree)
        )
    }

    /// Creates an id that replaces a value.
    package init(_ kind: any RecordKind.Type, inPlaceOf value: YAMLNodeIndex, in tree: borrowing YAMLTree) {
        let span = tree[value].span
        let isEmpty = tree[value].isScalar && tree.contentLength(of: value) == 0
        let isNothing = isEmpty || tree.isNull(value)
        let needsBlank = span.start > 0 && tree.source[Int(span.start) - 1] == UInt8(ascii: ":")
        self.init(
            kind,
            isNothing ? .missing : .malformed,
            project: Self.project(kind, of: Self.mapping(of: value, in: tree), in: tree),
            replacement: tree[value].isScalar ? (needsBlank ? " " : "", "") : nil
        )
    }

    /// Creates an id that replaces the id of another record.
    package init(_ kind: any RecordKind.Type, duplicateIn project: String?) {
        self.init(kind, .duplicate, project: project, replacement: ("", ""))
    }

    /// Returns the texts around an id that is inserted at the first key of a mapping; nil when the key does not start a
    /// line.
    private static func insertion(into mapping: YAMLNodeIndex, in tree: borrowing YAMLTree) -> (String, String)? {
        let source = tree.source
        let key = tree.firstKeySpan(of: mapping)
        let start = Int(key.start)
        let name = String(decoding: source[key.range], as: UTF8.self)
        if source[Int(tree[mapping].span.start)] == UInt8(ascii: "{") {
            guard Int(tree[mapping].subtreeEnd) == mapping + 1 else { return ("id: ", ", " + name) }
            return name == "{}" ? ("{id: ", "}") : nil
        }
        let lineStart = source[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let indent = source[lineStart..<start]
        guard indent.allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "-") }) else { return nil }
        // A suppression on the line before would apply to the new line in place of this one.
        let line = source[..<lineStart].count { $0 == UInt8(ascii: "\n") }
        guard !Suppressions.find(in: tree).contains(where: { $0.lines.lowerBound < line && $0.lines.contains(line) })
        else { return nil }
        let end = source[start...].firstIndex(of: UInt8(ascii: "\n")) ?? start
        let newline = end > start && source[end - 1] == 0x0D ? "\r\n" : "\n"
        return ("id: ", newline + String(repeating: " ", count: indent.count) + name)
    }

    /// Returns the handle of the project that a mapping of `roster.yaml` declares.
    private static func project(
        _ kind: any RecordKind.Type,
        of mapping: YAMLNodeIndex,
        in tree: borrowing YAMLTree
    ) -> String? {
        guard kind == ProjectKind.self, mapping > 0, tree[mapping - 1].isScalar else { return nil }
        return tree.text(of: mapping - 1)
    }

    /// Returns the mapping that contains a value.
    private static func mapping(of value: YAMLNodeIndex, in tree: borrowing YAMLTree) -> YAMLNodeIndex {
        var index = value - 1
        while index > 0, tree[index].kind != .mapping || Int(tree[index].subtreeEnd) <= value { index -= 1 }
        return max(index, 0)
    }
}

extension FieldType {
    /// The kind of record whose id this is; nil for other fields.
    package var recordKind: (any RecordKind.Type)? {
        switch self {
        case .providerID: ProviderKind.self
        case .secretID: SecretKind.self
        case .projectID: ProjectKind.self
        case .tokenID: TokenKind.self
        default: nil
        }
    }
}
