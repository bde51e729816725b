import RosterTestSupport
import Testing

@testable import YAMLSyntax

@Suite("Digits of numbers")
struct DigitLossTests {
    private static func loss(_ text: String) -> PlainScalar.DigitLoss? {
        Array(text.utf8).withUnsafeBufferPointer { PlainScalar($0).digitLoss(in: $0) }
    }

    @Test(
        "A number keeps all digits of its text",
        arguments: [
            "0", "-0", "+0", "7", "-7", "+5", "10", "100", "613", "9223372036854775807", "-9223372036854775808",
            "9007199254740993", "0.5", "-1.5", "1.0", "0.0", "-0.0", "10.0", ".5", "-.5", "1.", "1.1", "100.25", "1e3",
            "1E3",
            "1.0e3", "1.5e+300", "1e-05", "1e+06", "1e03", "2.5e-3", "0.1", "0.30000000000000004", "3.141592653589793",
            "5e-324", "1.7976931348623157e308", "123456789012345.5", "0x1F", "0x00ff", "0o17", "0o0613", "0.000001",
            "1000000000000000000000000.0", "1e22", "0e0", "0.0e5",
        ]
    )
    func kept(text: String) { #expect(Self.loss(text) == nil) }

    @Test(
        "A number that loses digits of its text is reported",
        arguments: [
            ("0613", .zeros), ("-007", .zeros), ("+07", .zeros), ("00", .zeros), ("-00", .zeros), ("01", .zeros),
            ("0123456789", .zeros), ("00000000000000000001", .zeros), ("00.5", .zeros), ("01.5", .zeros),
            ("1.10", .zeros), ("2.500", .zeros), ("1.00", .zeros), ("0.10", .zeros), ("-1.50", .zeros), (".50", .zeros),
            ("1.50e3", .zeros), ("01e3", .zeros), ("1.20E-5", .zeros),
            ("0.1234567890123456789", .digits), ("3.14159265358979323846", .digits), ("9007199254740993.0", .digits),
            ("1234567890123456.75", .digits), ("4.9e-324", .digits), ("1e-400", .digits),
            ("1e-99999999999999999999", .digits), ("0.123456789012345678e10", .digits),
            ("9223372036854775808", .digits), ("-9223372036854775809", .digits), ("12345678901234567890123", .digits),
            ("1e400", .range), ("-1e400", .range), ("1.5e99999999999999999999", .range),
        ] as [(String, PlainScalar.DigitLoss)]
    )
    func lost(text: String, loss: PlainScalar.DigitLoss) { #expect(Self.loss(text) == loss, "\(text)") }

    @Test(
        "Other text than decimal numbers has no digit loss",
        arguments: [
            "", "~", "null", "true", "no", "x", "0613x", "1.2.3", "1_000", "2024-10-21", "10:30", ".inf", "-.inf",
            ".nan", "0x",
            "0xFFFFFFFFFFFFFFFFFF", "1e", "v1.10", "-", ".", "1.10.0", "007-x",
        ]
    )
    func others(text: String) { #expect(Self.loss(text) == nil) }

    @Test("The shortest text of a double loses no digits, and a longer one does", arguments: 0..<8 as Range<UInt64>)
    func doubles(part: UInt64) {
        var numbers = SeededGenerator(seed: TestSeed.of() &+ part)
        for _ in 0..<2_000 {
            let number = Double(bitPattern: numbers.next())
            guard number.isFinite else { continue }
            let text = number.description
            #expect(Self.loss(text) == nil, "\(text)")
            guard let point = text.firstIndex(of: "."), !text.contains("e") else { continue }
            let longer = text + "0000000000000000001"
            if text.distance(from: point, to: text.endIndex) > 2 { #expect(Self.loss(longer) == .digits, "\(longer)") }
        }
    }
}
