import RosterBytes
package import RosterDiagnostics
package import RosterFrontend
import RosterModel
import SealedBoxes
import YAMLSyntax

/// `duplicate-box`: two boxes with the same bytes or the same first 32, or two boxes of one key in a file.
package enum DuplicateBox: RepositoryRule {
    package static let name = "duplicate-box"
    package static let severity = Severity.error
    package static let summary = "two boxes with the same bytes or the same first 32, or two boxes of one key in a file"
    package static let explanation = """
        Every box is sealed with a fresh key, so two boxes that are equal, or start with the same 32 bytes, mean \
        that one was copied; a copied box opens in one place at most. A secret has one box for each sealing key.
        """
    package static let failing = RuleExample(
        (
            "secrets/acme/openai-copy.yaml",
            RuleExample.secret.replacing("sec_J8sPq2LmN4tRvX6z", with: "sec_3hPq7RsT9uVwXyZa")
        ),
        (
            "providers/acme/gpt-4o-mini.yaml",
            RuleExample.provider.replacing("8QzKx0vT2mWb4NcR", with: "3hPq7RsT9uVwXyZa")
                .replacing("for checkout", with: "mini").replacing("openai-prod", with: "openai-copy")
        )
    )
    package static let passing = RuleExample(secret: RuleExample.secret)

    static func check(_ context: RepositoryContext, _ findings: inout Findings) {
        let repository = context.repository
        var first: [CanonicalBase64.First32Bytes: Finding.Place] = [:]
        first.reserveCapacity(repository.secrets.count)
        for secret in repository.secrets.lazy.map(\.value) {
            var keys: [SealingKeyID: ByteSpan] = [:]
            for box in secret.boxes {
                let place = Finding.Place.file(secret.file, box.box.span)
                if let earlier = keys[box.key.value] {
                    let message = "this secret has two boxes for \(box.key.value)"
                    let related = [(message: "the first", place: Finding.Place.file(secret.file, earlier))]
                    findings.report(
                        Self.self,
                        at: .file(secret.file, box.key.span),
                        message,
                        help: "seal the secret again: roster secret reseal",
                        related: related
                    )
                    continue
                }
                keys[box.key.value] = box.key.span
                if let earlier = first.updateValue(place, forKey: box.ephemeralKey) {
                    first[box.ephemeralKey] = earlier
                    findings.report(
                        Self.self,
                        at: place,
                        "this box was copied from another place",
                        help: "seal each secret separately: roster secret set",
                        related: [("the other box", earlier)]
                    )
                }
            }
        }
    }
}
