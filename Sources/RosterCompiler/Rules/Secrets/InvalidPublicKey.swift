import RosterDiagnostics
import SealedBoxes

/// `invalid-public-key`: a public key that is not 32 bytes, of low order, or not canonical.
enum InvalidPublicKey: Rule {
    static let name = "invalid-public-key"
    static let severity = Severity.error
    static let summary = "a public key that is not 32 bytes, of low order, or not canonical"
    static let explanation = """
        A public key is 32 bytes in canonical base64, and a point that a secret can be sealed to. A point of low \
        order would make boxes that anybody can open; one that is not canonical is a second name for another key.
        """
    static let failing = RuleExample(
        roster: RuleExample.roster.replacing(
            "45mJiRDhoTLio5lyNwC5/yBj6QyTvINhR+cFBC5vCTY=",
            with: "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        )
    )
    static let passing = RuleExample(roster: RuleExample.roster)

    /// The key as bytes; nil when it is none, which is reported.
    static func read(_ key: SealingKeyDeclaration, _ findings: inout Findings) -> SealingPublicKey? {
        let text = Array(key.publicKey.value.utf8)
        do throws(SealingPublicKey.Problem) {
            return try SealingPublicKey(base64: text.span)
        } catch {
            findings.report(
                Self.self,
                at: .file(0, key.publicKey.span),
                message(error),
                help: "paste the public key that roster key generate prints"
            )
            return nil
        }
    }

    private static func message(_ problem: SealingPublicKey.Problem) -> String {
        switch problem {
        case .notBase64: "the public key is not canonical base64"
        case .length(let count): "the public key has \(count) bytes; it must have \(SealingPublicKey.byteCount)"
        case .lowOrder: "the public key is a point of low order: anybody could open what is sealed to it"
        case .notCanonical: "the public key is not in canonical form"
        }
    }
}
