import Testing

@testable import RosterCatalogue

/// Numbers keep every digit that is written.
struct JSONNumberTests {
    @Test(arguments: [
        ("1.5e-07", 6, "0.15"), ("3e-05", 6, "30"), ("0.0", 6, "0"), ("0", 0, "0"), ("2.5", 0, "2.5"),
        ("100", 0, "100"), ("1e3", 0, "1000"), ("4.0054321e-08", 6, "0.040054321"), ("-2", 0, "-2"),
        ("0.00000059", 6, "0.59"), ("7.9E-7", 6, "0.79"),
    ])
    func writesDecimals(_ text: String, _ power: Int, _ expected: String) throws {
        let number = try #require(JSONNumber(Array(text.utf8)[...]))
        #expect(number.decimal(timesTenToThe: power) == expected)
    }

    @Test(arguments: ["", "-", "01", "1.", ".5", "1e", "1e+", "+1", "1x", "NaN", "1e99999999999", "--1", "1.2.3"])
    func refusesOtherNotations(_ text: String) { #expect(JSONNumber(Array(text.utf8)[...]) == nil) }
}
