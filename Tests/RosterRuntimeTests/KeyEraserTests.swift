import Foundation
import SealedBoxes
import Testing

@testable import RosterRuntime

/// Removal of a key from a provider's answers.
@Suite("Cutting a key out")
struct KeyEraserTests {
    private static let key = "sk-Canary-7f3Kq9Zt/Wm+2Lx8Rb5Yv1Hn4Jc6Pd0"

    private func erase(_ text: String, _ key: String = key) throws -> String {
        try KeyEraser(.key(try SignatureVectorTests.secret(key))).erase(text)
    }

    @Test("The key, and any run of 12 of its bytes")
    func runs() throws {
        let key = Self.key
        #expect(try erase("bad key: \(key)!") == "bad key: [redacted]!")
        #expect(try erase("\(key) and \(key)") == "[redacted] and [redacted]")
        for start in 0...(key.count - 12) {
            let run = key.dropFirst(start).prefix(12)
            #expect(try erase("<\(run)>") == "<[redacted]>")
        }
        for start in 0...(key.count - 11) {
            let run = key.dropFirst(start).prefix(11)
            #expect(try erase("<\(run)>") == "<\(run)>")
        }
        #expect(try erase("nothing of it here, in quite a long text") == "nothing of it here, in quite a long text")
        #expect(try erase("") == "")
    }

    @Test("Finds base64 at any offset, in both alphabets")
    func base64() throws {
        for before in 0..<9 {
            for after in 0..<4 {
                let text = String(repeating: "~", count: before) + Self.key + String(repeating: "~", count: after)
                let encoded = Data(text.utf8).base64EncodedString()
                let urlSafe = encoded.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
                for form in [encoded, urlSafe, "ab" + encoded] {
                    let erased = try erase("token \(form) refused")
                    #expect(erased.contains("[redacted]") && erased.hasSuffix(" refused"), "\(erased)")
                    // What is left decodes to fewer than 12 bytes of the key.
                    for start in stride(from: 0, through: form.count - 16, by: 1) {
                        let piece = String(form.dropFirst(start).prefix(16))
                        #expect(!erased.contains(piece) || !Self.holdsRun(piece))
                    }
                }
            }
        }
    }

    private static func holdsRun(_ piece: String) -> Bool {
        let standard = piece.replacing("-", with: "+").replacing("_", with: "/")
        guard let bytes = Data(base64Encoded: standard) else { return false }
        return key.contains(String(decoding: bytes, as: UTF8.self))
    }

    @Test("Percent-encoded, escaped as in JSON, and in hexadecimal")
    func otherSpellings() throws {
        let bytes = Array(Self.key.utf8)
        let base64 = Data(bytes).base64EncodedString()
        let spellings: [String] = [
            bytes.map { String(format: "%%%02x", $0) }.joined(),
            Self.key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "",
            bytes.map { String(format: "\\u%04X", $0) }.joined(),
            Self.key.replacing("/", with: "\\/"),
            bytes.map { String(format: "%02x", $0) }.joined(),
            bytes.map { String(format: "%02X", $0) }.joined(),
            base64.replacing("/", with: "\\/"),
            base64.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "",
        ]
        for spelling in spellings {
            let erased = try erase("<\(spelling)>")
            #expect(erased.hasPrefix("<") && erased.hasSuffix(">"))
            #expect(erased.contains("[redacted]") && erased.count < 20, "\(erased)")
        }
    }

    @Test("A key shorter than a run is found whole")
    func short() throws {
        #expect(try erase("the key is hunter2.", "hunter2") == "the key is [redacted].")
        #expect(try erase("aHVudGVyMg== is it too", "hunter2").contains("[redacted]"))
        #expect(try erase("x marks it", "x") == "[redacted] marks it")
    }

    @Test("Each part of a signing key")
    func signing() throws {
        let (id, secret, token) = (
            "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "FwoGZXIvYXdzEXAMPLE"
        )
        let eraser = try KeyEraser(
            .signing(
                SigningKey(
                    accessKeyID: try SignatureVectorTests.secret(id),
                    secretAccessKey: try SignatureVectorTests.secret(secret),
                    sessionToken: try SignatureVectorTests.secret(token)
                )
            )
        )
        #expect(eraser.erase("\(id), \(secret), \(token)") == "[redacted], [redacted], [redacted]")
        // Adjacent parts of different secrets do not form a run.
        #expect(eraser.erase(String(id.suffix(6) + secret.prefix(6))) == String(id.suffix(6) + secret.prefix(6)))
    }

    @Test("Handles invalid UTF-8 and long texts")
    func odd() throws {
        let long = String(repeating: "é\u{1F600}abc ", count: 20_000)
        #expect(try erase(long) == long)
        #expect(try erase(long + Self.key) == long + "[redacted]")
        // At any offset across the parts in which a long text is searched.
        let escaped = Self.key.utf8.map { String(format: "\\u%04x", $0) }.joined()
        for offset in stride(from: 65_536 - 600, through: 65_536 + 20, by: 31) {
            let before = String(repeating: "~", count: offset)
            #expect(try erase(before + Self.key + " end") == before + "[redacted] end")
            #expect(try erase(before + escaped + " end") == before + "[redacted] end")
        }
        #expect(try KeyEraser(.none).erase(Self.key) == Self.key)
    }
}
