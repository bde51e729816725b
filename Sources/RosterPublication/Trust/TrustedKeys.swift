package import SealedBoxes
import RosterBytes

/// The public keys whose signatures are accepted: the blocks of a PEM file, with comments between them.
package struct TrustedKeys: Hashable, Sendable {
    /// The maximum number of keys.
    package static let countLimit = 16
    /// The maximum number of bytes of the file.
    package static let textLimit = 64 * 1024

    /// A part of the file that is not a trusted key.
    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// The number of the line, from 1; nil for the whole file.
        package let line: Int?
        /// The message, such as `the key is of the kind RSA, and must be Ed25519`.
        package let message: String

        package var description: String { (line.map { "line \($0): " } ?? "") + message }
    }

    /// The keys in the order of the file, each once.
    package let keys: [SigningPublicKey]
    /// The keys by their ids.
    private let byID: [String: SigningPublicKey]

    /// Creates a set of keys without a file; nil for none or too many.
    package init?(_ keys: [SigningPublicKey]) {
        guard (1...Self.countLimit).contains(keys.count) else { return nil }
        var byID: [String: SigningPublicKey] = [:]
        self.keys = keys.filter { byID.updateValue($0, forKey: $0.id) == nil }
        self.byID = byID
    }

    /// Parses the text of a file.
    package init(pem: [UInt8]) throws(Problem) {
        guard pem.count <= Self.textLimit else {
            throw Problem(line: nil, message: "the file has more than \(Self.textLimit) bytes")
        }
        let blocks: [PEMBlock]
        do { blocks = try PEMBlock.find(in: pem) } catch { throw Problem(line: error.line, message: error.message) }
        guard !blocks.isEmpty else {
            throw Problem(line: nil, message: "the file has no line \"-----BEGIN PUBLIC KEY-----\"")
        }
        guard blocks.count <= Self.countLimit else {
            throw Problem(
                line: nil,
                message: "the file has \(blocks.count) keys, and at most \(Self.countLimit) are allowed"
            )
        }
        var keys: [SigningPublicKey] = []
        for block in blocks { keys.append(try Self.key(block, pem)) }
        guard let trusted = TrustedKeys(keys) else { throw Problem(line: nil, message: "the file has no key") }
        self = trusted
    }

    private static func key(_ block: PEMBlock, _ pem: [UInt8]) throws(Problem) -> SigningPublicKey {
        guard block.label == SigningPublicKey.pemLabel else {
            let advice = block.label.hasSuffix(SigningPrivateKey.pemLabel) ? "; private keys do not belong here" : ""
            throw Problem(
                line: block.line,
                message: "the PEM block is \"\(block.label)\", and must be \"\(SigningPublicKey.pemLabel)\"" + advice
            )
        }
        let text = pem[block.body].filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard let der = CanonicalBase64.decode(text.span) else {
            throw Problem(line: block.line, message: "the PEM block is not canonical base64")
        }
        do { return try SigningPublicKey(der: der) } catch {
            throw Problem(line: block.line, message: error.description)
        }
    }

    /// Returns the key that signed an envelope.
    ///
    /// A signature whose key id is that of a trusted key must be of that key. All keys are tried for any other signature.
    package func signer(of envelope: Envelope) throws(Refusal) -> SigningPublicKey {
        let message = envelope.signedBytes
        var named: SigningPublicKey?
        for signature in envelope.signatures {
            let candidates: [SigningPublicKey]
            if let key = byID[signature.keyID] {
                candidates = [key]
                named = named ?? key
            } else {
                candidates = keys
            }
            if let key = candidates.first(where: { $0.isValid(signature.bytes, of: message) }) { return key }
        }
        if let named {
            throw Refusal(.unsigned, "the signature by the trusted key \(named.id) does not match the statement")
        }
        // The ids are those that the envelope claims.
        let ids = envelope.signatures.map { $0.keyID.isEmpty ? "no id" : PrintableText.escape($0.keyID) }
        let signer = ids.count == 1 ? "a key with the id \(ids[0])" : "keys with the ids \(ids.joined(separator: ", "))"
        throw Refusal(.untrustedKey, "the publication is signed by \(signer), which the trust file does not have")
    }
}
