import Foundation
import RosterBytes
import RosterModel
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterPublication

@Suite("Envelopes")
struct EnvelopeTests {
    @Test("An envelope reads back as it was written")
    func roundTrip() throws {
        var random = SeededGenerator()
        let key = try SigningPrivateKey.generate()
        for _ in 0..<100 {
            let statement = try Publisher.random(&random)
            let envelope = Envelope(signing: statement.payload, with: key)
            let read = try Envelope(envelope.bytes)
            #expect(read == envelope)
            #expect(try Statement(payload: read.payload) == statement)
        }
    }

    @Test("No envelope with one flipped bit is accepted as another publication")
    func flippedBits() throws {
        let key = try SigningPrivateKey.generate()
        let other = try SigningPrivateKey.generate()
        let statement = try Publisher.statement()
        let bytes = Envelope(signing: statement.payload, with: key).bytes
        let conditions = try Publisher.conditions([other.publicKey, key.publicKey])
        let text = String(decoding: bytes, as: UTF8.self)
        let id = try #require(text.firstRange(of: key.publicKey.id))
        let hint =
            text.utf8.distance(
                from: text.startIndex,
                to: id.lowerBound
            )..<text.utf8.distance(from: text.startIndex, to: id.upperBound)
        var random = SeededGenerator()
        var (refused, hints) = (0, 0)
        while refused < 1000 {
            let bit = Int.random(in: 0..<(8 * bytes.count), using: &random)
            var changed = bytes
            changed[bit / 8] ^= 1 << (bit % 8)
            let accepted = try? Acceptance.evaluate(Envelope(changed), conditions)
            if hint.contains(bit / 8) {
                // The id is only a hint: all keys are tried when it is not that of a trusted one.
                hints += 1
                #expect(accepted == nil || accepted?.statement == statement && accepted?.signer == key.publicKey)
            } else {
                refused += 1
                #expect(accepted == nil, "bit \(bit) of \(text)")
            }
        }
        #expect(hints > 10)
        #expect(try Acceptance.evaluate(Envelope(bytes), conditions).statement == statement)
    }

    @Test("Envelopes that are not well-formed are refused with a message that describes the problem")
    func malformed() throws {
        let key = try SigningPrivateKey.generate()
        let text = String(decoding: Envelope(signing: Array("statement".utf8), with: key).bytes, as: UTF8.self)
        let signature = try #require(text.firstRange(of: "{\"keyid\"").map { text[$0.lowerBound...].dropLast(2) })
        let deep = String(repeating: "[", count: 100)
        let cases: [(String, String, String)] = [
            ("{", "", "the envelope is not valid JSON: expected the end at byte 9"),
            ("}]}", "}]} x", "the envelope is not valid JSON: expected the end at byte \(text.utf8.count + 1)"),
            ("\"payload\"", "\"pay\\nload\"", "the envelope has the unknown member \"pay\\u{a}load\""),
            (
                "{\"payload\"", "{\"payload\":\"\",\"payload\"",
                "the envelope is not valid JSON: the name \"payload\" appears twice at byte 14"
            ),
            ("{\"payload\"", "{\"extra\":1,\"payload\"", "the envelope has the unknown member \"extra\""),
            ("{\"payload\"", "{\"a\":\(deep)", "the envelope is not valid JSON: nested too deeply at byte 69"),
            ("vnd.in-toto+json", "json", "\"payloadType\" of the envelope is not \"application/vnd.in-toto+json\""),
            ("\"c3RhdGVtZW50\"", "\"c3RhdGVtZW50=\"", "\"payload\" of the envelope is not canonical base64"),
            ("\"c3RhdGVtZW50\"", "\"c3RhdGVtZW5-\"", "\"payload\" of the envelope is not canonical base64"),
            ("\"c3RhdGVtZW50\"", "\"\"", "\"payload\" of the envelope is empty"),
            ("\"c3RhdGVtZW50\"", "12", "\"payload\" of the envelope is not a text"),
            (String(signature), "", "the envelope has no signature"),
            (String(signature), "[]", "signature 1 is not an object"),
            ("\"keyid\"", "\"cert\":\"\",\"keyid\"", "signature 1 has the unknown member \"cert\""),
            ("\"sig\":\"", "\"sig\":\"AAAA", "\"sig\" of signature 1 has 67 bytes, and must have 64"),
            (
                String(signature), Array(repeating: String(signature), count: 5).joined(separator: ","),
                "\"signatures\" of the envelope has 5 elements, at most 4 are allowed"
            ),
            (",\"signatures\":[\(signature)]", "", "the envelope has no member \"signatures\""),
        ]
        for (part, replacement, message) in cases {
            let changed = try replace(text, part, replacement)
            #expect(refusal { _ = try Envelope(changed) }?.message == message)
        }
        #expect(
            refusal { _ = try Envelope([0xFF]) }?.message == "the envelope is not valid JSON: it is not UTF-8 at byte 0"
        )
        let long = refusal { _ = try Envelope(Array(text.utf8) + [UInt8](repeating: 0x20, count: 16 * 1024)) }
        #expect(long?.reason == .tooLarge)
        // Up to four signatures are allowed, and blanks between tokens.
        let four = try replace(
            text,
            String(signature),
            Array(repeating: String(signature), count: 4).joined(separator: " ,\n")
        )
        #expect(try Envelope(four).signatures.count == 4)
    }

    private struct Peer: Decodable {
        var verified: [String]
        var refused: [String]
        var envelope: String
        var key: String
    }

    @Test("OpenSSL and securesystemslib verify Roster's envelopes, and Roster verifies theirs")
    func peers() throws {
        let key = try SigningPrivateKey.generate()
        let statement = try Publisher.statement()
        let envelope = Envelope(signing: statement.payload, with: key)
        let input: [String: String] = [
            "envelope": String(decoding: envelope.bytes, as: UTF8.self), "key": key.publicKey.pem,
            "payload": String(decoding: statement.payload, as: UTF8.self),
        ]
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "dsse_peer.py").path
        let run = try Tools(folder: "/").tool(["python3", script], input: try JSONEncoder().encode(input))
        let peer = try JSONDecoder().decode(Peer.self, from: Data(run.output.utf8))
        #expect(peer.verified == ["securesystemslib", "openssl"])
        #expect(peer.refused == ["securesystemslib", "openssl"])
        let theirs = try TrustedKeys(pem: Array(peer.key.utf8))
        var conditions = try Publisher.conditions([key.publicKey])
        let read = try Envelope(Array(peer.envelope.utf8))
        #expect(refusal { _ = try Acceptance.evaluate(read, conditions) }?.reason == .untrustedKey)
        conditions.trusted = theirs
        #expect(try Acceptance.evaluate(read, conditions).statement == statement)
    }
}
