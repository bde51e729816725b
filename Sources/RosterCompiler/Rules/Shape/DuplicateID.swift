import RosterDiagnostics
import RosterModel
import YAMLSyntax

/// `duplicate-id`: the same id in two places, or the same token hash twice.
enum DuplicateID: Rule {
    static let name = "duplicate-id"
    static let severity = Severity.error
    static let summary = "the same id in two places, or the same token hash twice"
    static let explanation = """
        An id is a record's identity, so no two records share one. It happens when a file is copied to make a new \
        record: give the copy a new id. Two tokens with one hash are one token.
        """
    static let failing = RuleExample(
        ("providers/acme/gpt-4o-copy.yaml", RuleExample.provider.replacing("for checkout", with: "for search"))
    )
    static let passing = RuleExample(
        (
            "providers/acme/gpt-4o-copy.yaml",
            RuleExample.provider.replacing("for checkout", with: "for search")
                .replacing("8QzKx0vT2mWb4NcR", with: "3hPq7RsT9uVwXyZa")
        )
    )

    /// Reports the ids of one kind that stand twice, in the order of handles.
    static func check<Kind>(
        _ ids: [(id: Located<RecordID<Kind>>?, file: FileIndex)],
        _ findings: inout Findings
    ) {
        var first: [RecordID<Kind>: (span: ByteSpan, file: FileIndex)] = [:]
        for case (let id?, let file) in ids {
            guard let earlier = first[id.value] else {
                first[id.value] = (id.span, file)
                continue
            }
            findings.report(
                Self.self,
                at: .file(file, id.span),
                "the id \(id.value) is already in use",
                help: "give this record an id of its own: \(Kind.prefix) and 16 random letters and digits",
                related: [("first used here", .file(earlier.file, earlier.span))]
            )
        }
    }

    /// Reports sealing keys that stand twice.
    static func check(keys: [SealingKeyDeclaration], _ findings: inout Findings) {
        var first: [String: Located<String>] = [:]
        for id in keys.map(\.id) {
            guard let earlier = first.updateValue(id, forKey: id.value) else { continue }
            first[id.value] = earlier
            findings.report(
                Self.self,
                at: .file(0, id.span),
                "the sealing key \(id.value) stands twice",
                help: "delete one of the two",
                related: [("first used here", .file(0, earlier.span))]
            )
        }
    }

    /// Reports token hashes that stand twice.
    static func check(tokens: [TokenDeclaration], _ findings: inout Findings) {
        var first: [String: Located<String>] = [:]
        for hash in tokens.compactMap(\.hash) {
            guard let earlier = first[hash.value] else {
                first[hash.value] = hash
                continue
            }
            findings.report(
                Self.self,
                at: .file(0, hash.span),
                "two tokens have this hash, so they are one token",
                help: "make a token of its own for each user: roster token create",
                related: [("first used here", .file(0, earlier.span))]
            )
        }
    }
}
