import RosterBytes
package import RosterDiagnostics
package import RosterFrontend
import RosterModel
import RosterSources
import YAMLSyntax

/// `duplicate-id`: the same id in two places, or the same token hash twice.
package enum DuplicateID: RepositoryRule {
    package static let name = "duplicate-id"
    package static let severity = Severity.error
    package static let summary = "the same id in two places, or the same token hash twice"
    package static let explanation = """
        An id identifies one record, so no two records have the same id. Duplicates appear when a file is copied to \
        make a new record. A provider needs its own id, which `roster check --fix` writes into the later file. The id \
        of a secret is sealed into its boxes, so a copied file never becomes another secret: seal the key again with \
        `roster secret set`. Two tokens with the same hash are the same token.
        """
    package static let failing = RuleExample(
        ("providers/acme/gpt-4o-copy.yaml", RuleExample.provider.replacing("for checkout", with: "for search"))
    )
    package static let passing = RuleExample(
        (
            "providers/acme/gpt-4o-copy.yaml",
            RuleExample.provider.replacing("for checkout", with: "for search")
                .replacing("8QzKx0vT2mWb4NcR", with: "3hPq7RsT9uVwXyZa")
        )
    )

    static func check(_ context: RepositoryContext, _ findings: inout Findings) {
        let repository = context.repository
        // By path: `a-b/…` precedes `a/…`, although the handle `a` precedes `a-b`.
        let providers = repository.repeated.ids.map { repository.providers[$0] }
            .sorted { repository.listing.files[$0.file].path.precedesInBytes(repository.listing.files[$1.file].path) }
        check(
            providers.map { ($0.declaration?.value.id, $0.file) },
            freshID: { _ in FreshID(ProviderKind.self, duplicateIn: nil) },
            &findings
        )
        checkSecrets(repository, &findings)
        let projects = repository.roster.projects
        check(
            projects.map { ($0.id, 0) },
            freshID: { FreshID(ProjectKind.self, duplicateIn: projects[$0].handle.value) },
            &findings
        )
        let tokens = repository.roster.access?.tokens ?? []
        check(
            tokens.map { ($0.id, 0) },
            freshID: { _ in FreshID(TokenKind.self, duplicateIn: nil) },
            &findings
        )
        check(tokens: tokens, &findings)
        check(keys: repository.roster.sealingKeys, &findings)
    }

    /// Reports the ids of one kind that appear twice; of two places the later one is reported.
    private static func check<Kind>(
        _ ids: [(id: Located<RecordID<Kind>>?, file: FileIndex)],
        freshID: (_ position: Int) -> FreshID,
        _ findings: inout Findings
    ) {
        var first: [RecordID<Kind>: (span: ByteSpan, file: FileIndex)] = [:]
        for (position, (id, file)) in ids.enumerated() {
            guard let id else { continue }
            guard let earlier = first[id.value] else {
                first[id.value] = (id.span, file)
                continue
            }
            findings.report(
                Self.self,
                at: .file(file, id.span),
                "the id \(id.value) is already in use",
                related: [("first used here", .file(earlier.file, earlier.span))],
                freshID: freshID(position)
            )
        }
    }

    /// Reports the ids of secrets that appear twice; no new id is offered, since boxes open only with the old one.
    private static func checkSecrets(_ repository: LinkedRepository, _ findings: inout Findings) {
        var first: [SecretID: (span: ByteSpan, file: FileIndex)] = [:]
        for secret in repository.secrets.lazy.map(\.value) {
            guard let id = secret.id else { continue }
            guard let earlier = first[id.value] else {
                first[id.value] = (id.span, secret.file)
                continue
            }
            let hosts = (secret.allowedHosts?.value.map(\.text) ?? ["HOST"]).map {
                "--host \(ShellArgument.quoted($0))"
            }
            let command = (["roster secret set", repository.listing.fullName(of: secret.file)] + hosts).joined(
                separator: " "
            )
            findings.report(
                Self.self,
                at: .file(secret.file, id.span),
                "the id \(id.value) is already in use",
                help:
                    "one file is a copy of the other, and the id is sealed into the boxes: move the copy out of secrets/, "
                    + "and seal the key again where it is needed: \(command)",
                related: [("first used here", .file(earlier.file, earlier.span))]
            )
        }
    }

    /// Reports sealing keys that appear twice.
    private static func check(keys: [SealingKeyDeclaration], _ findings: inout Findings) {
        var first: [SealingKeyID: Located<SealingKeyID>] = [:]
        for id in keys.map(\.id) {
            guard let earlier = first.updateValue(id, forKey: id.value) else { continue }
            first[id.value] = earlier
            findings.report(
                Self.self,
                at: .file(0, id.span),
                "the sealing key \(id.value) appears twice",
                help: "delete one of the two entries",
                related: [("first used here", .file(0, earlier.span))]
            )
        }
    }

    /// Reports token hashes that appear twice.
    private static func check(tokens: [TokenDeclaration], _ findings: inout Findings) {
        var first: [TokenHash: Located<TokenHash>] = [:]
        for hash in tokens.compactMap(\.hash) {
            guard let earlier = first[hash.value] else {
                first[hash.value] = hash
                continue
            }
            findings.report(
                Self.self,
                at: .file(0, hash.span),
                "two tokens have this hash, so they are the same token",
                help: "make a separate token for each user: roster token create",
                related: [("first used here", .file(0, earlier.span))]
            )
        }
    }
}
