import RosterTestSupport
import Testing

@testable import YAMLSyntax

@Suite("The core schema")
struct CoreSchemaTests {
    @Test(
        "A decimal is read as the nearest double, for any number of digits",
        arguments: 0..<8 as Range<UInt64>
    )
    func decimals(part: UInt64) throws {
        var numbers = SeededGenerator(seed: TestSeed.of() &+ part)
        for _ in 0..<2_000 {
            let whole = (0..<Int.random(in: 1...12, using: &numbers)).map { _ in Int.random(in: 0...9, using: &numbers)
            }
            let rest = (0..<Int.random(in: 1...12, using: &numbers)).map { _ in Int.random(in: 0...9, using: &numbers) }
            let sign = ["", "-", "+"].randomElement(using: &numbers) ?? ""
            let text = sign + whole.map(String.init).joined() + "." + rest.map(String.init).joined()
            #expect(Self.read(text) == .float(try #require(Double(text))), "\(text)")
        }
    }

    @Test("A number may start or end with its point, but needs a digit")
    func points() throws {
        #expect(Self.read("1.") == .float(1))
        #expect(Self.read("-.5") == .float(-0.5))
        #expect(Self.read(".5") == .float(0.5))
        for text in [".", "-", "+", "-.", "1.2.3", "1 2", "0.7s"] { #expect(Self.read(text) == .text, "\(text)") }
        guard case .float(let zero) = Self.read("-0.0") else {
            Issue.record("-0.0 is no number")
            return
        }
        #expect(zero.sign == .minus)
    }

    @Test("Whole numbers that do not fit in 64 bits are distinguished")
    func wholeNumbers() {
        #expect(Self.read("-0") == .integer(0))
        #expect(Self.read("+12") == .integer(12))
        #expect(Self.read("-9223372036854775808") == .integer(.min))
        #expect(Self.read("9223372036854775807") == .integer(.max))
        #expect(Self.read("9223372036854775808") == .integerTooLarge)
    }

    private static func read(_ text: String) -> PlainScalar {
        Array(text.utf8).withUnsafeBufferPointer { PlainScalar($0) }
    }
}
