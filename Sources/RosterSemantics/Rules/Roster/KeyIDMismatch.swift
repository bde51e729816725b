package import RosterDiagnostics
package import RosterFrontend
import RosterModel
import SealedBoxes

/// `key-id-mismatch`: an `rk_` id that does not match its public key.
package enum KeyIDMismatch: RosterRule {
    package static let name = "key-id-mismatch"
    package static let severity = Severity.error
    package static let summary = "an `rk_` id that does not match its public key"
    package static let explanation = """
        A sealing key's id is computed from its public key, so that an id identifies exactly one key. A mismatch means \
        that the key was exchanged under a trusted id, or that one of the two was mistyped.
        """
    package static let failing = RuleExample(
        roster: RuleExample.roster.replacing(
            "45mJiRDhoTLio5lyNwC5/yBj6QyTvINhR+cFBC5vCTY=",
            with: "l+KfvtbnN3yuTEs53jKJ345eI+sSK3ejqUnApJzs+Tw="
        )
    )
    package static let passing = RuleExample(roster: RuleExample.roster)

    static func check(_ roster: RosterDeclaration, in repository: LinkedRepository, _ findings: inout Findings) {
        for key in roster.sealingKeys {
            guard let publicKey = try? SealingPublicKey(base64: Array(key.publicKey.value.utf8).span),
                publicKey.id != key.id.value.description
            else { continue }
            findings.report(
                Self.self,
                at: .file(0, key.id.span),
                "\(key.id.value) is not the id of this public key",
                help: "the id of this public key is \(publicKey.id); find out who changed one of the two",
                related: [("the public key", .file(0, key.publicKey.span))]
            )
        }
    }
}
