package import RosterDiagnostics
package import RosterFrontend
import SealedBoxes

/// `invalid-public-key`: a public key that is not 32 bytes, of low order, or not canonical.
package enum InvalidPublicKey: RosterRule {
    package static let name = "invalid-public-key"
    package static let severity = Severity.error
    package static let summary = "a public key that is not 32 bytes, of low order, or not canonical"
    package static let explanation = """
        A public key is 32 bytes in canonical base64, and a point that a secret can be sealed to. Anyone could open a \
        box that is sealed to a point of low order. A key that is not canonical is a second name for another key.
        """
    package static let failing = RuleExample(
        roster: RuleExample.roster.replacing(
            "45mJiRDhoTLio5lyNwC5/yBj6QyTvINhR+cFBC5vCTY=",
            with: "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        )
    )
    package static let passing = RuleExample(roster: RuleExample.roster)

    static func check(_ roster: RosterDeclaration, in repository: LinkedRepository, _ findings: inout Findings) {
        for key in roster.sealingKeys {
            do throws(SealingPublicKey.Problem) {
                _ = try SealingPublicKey(base64: Array(key.publicKey.value.utf8).span)
            } catch {
                findings.report(
                    Self.self,
                    at: .file(0, key.publicKey.span),
                    message(error),
                    help: "paste the public key that roster key generate prints"
                )
            }
        }
    }

    private static func message(_ problem: SealingPublicKey.Problem) -> String {
        switch problem {
        case .notBase64: "the public key is not canonical base64"
        case .length(let count): "the public key has \(count) bytes; it must have \(SealingPublicKey.byteCount)"
        case .lowOrder: "the public key is a point of low order: anyone could open what is sealed to it"
        case .notCanonical: "the public key is not in canonical form"
        }
    }
}
