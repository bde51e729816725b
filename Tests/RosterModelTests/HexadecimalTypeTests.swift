import RosterModel
import Testing

/// Types that are written in hexadecimal digits: their text survives, and nothing else is accepted.
@Suite("Types in hexadecimal digits")
struct HexadecimalTypeTests {
    private static let digits = "0123456789abcdef0fedcba987654321"

    @Test func keepsTheTextOfValidValues() {
        #expect(Fingerprint(Self.digits)?.description == Self.digits)
        #expect(SealingKeyID("rk_" + Self.digits)?.description == "rk_" + Self.digits)
        let hash = Self.digits + String(Self.digits.reversed())
        #expect(TokenHash(hash)?.description == hash)
    }

    @Test func rejectsEveryWrongByteAtEveryPosition() {
        for text in [Self.digits, "rk_" + Self.digits, Self.digits + Self.digits] {
            for position in text.indices {
                for wrong in ["g", "A", "/", ":", "`", " ", "\u{0}"] {
                    let changed = text.replacingCharacters(position, with: wrong)
                    #expect(Fingerprint(changed) == nil && SealingKeyID(changed) == nil && TokenHash(changed) == nil)
                }
            }
            for length in [String(text.dropLast()), text + "0"] {
                let count = length.utf8.count
                #expect(Fingerprint(length) == nil, "\(count)")
                #expect(SealingKeyID(length) == nil, "\(count)")
                #expect(TokenHash(length) == nil, "\(count)")
            }
        }
        #expect(Fingerprint("") == nil && SealingKeyID("") == nil && TokenHash("") == nil)
        #expect(SealingKeyID("rk-" + Self.digits) == nil && SealingKeyID("sk_" + Self.digits) == nil)
    }

    @Test func comparesHashesByAllDigits() throws {
        let hash = String(repeating: "0", count: 64)
        let original = try #require(TokenHash(hash))
        #expect(original == TokenHash(hash))
        for position in hash.indices {
            let other = try #require(TokenHash(hash.replacingCharacters(position, with: "1")))
            #expect(other != original)
        }
    }

    @Test func ordersIDsByTheirText() throws {
        let texts = ["0", "9", "a", "f"].map { "rk_" + String(repeating: $0, count: 32) }
        let ids = texts.compactMap { SealingKeyID($0) }
        #expect(ids.shuffled().sorted().map(\.description) == texts)
    }
}

extension String {
    fileprivate func replacingCharacters(_ position: Index, with character: String) -> String {
        self[..<position] + character + self[index(after: position)...]
    }
}
