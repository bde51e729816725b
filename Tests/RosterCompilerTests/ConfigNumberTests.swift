import RosterDiagnostics
import RosterFrontend
import RosterModel
import Testing

@testable import RosterCompiler

@Suite("Numbers in config")
struct ConfigNumberTests {
    /// Layouts of a value, which the fast reader and libyaml read.
    private static func layouts(_ number: String) -> [String] {
        [
            "{n: \(number)}", "{a: [1, \(number)], b: {c: x}}", "\n  n: \(number)\n", "\n  n: \(number)  # \(number)\n",
            "\n  list:\n    - x\n    - deep:\n        n: \(number)\n",
            "\n  \"n\": \(number)\n  text: |\n    \(number)\n", "\r\n  n: \(number)\r\n", "{\"n\": \(number),\n  m: x}",
        ]
    }

    private static func check(_ config: String) async throws -> AnalyzedRepository {
        let text = RuleExample.provider + "config: \(config)\n"
        return try await Fixtures.check(provider: text)
    }

    @Test(
        "A number that would lose digits is rejected at its position, and never fixed",
        arguments: [
            ("0613", "613"), ("-007", "-7"), ("00", "0"), ("1.10", "1.1"), ("2.500", "2.5"), ("1.00", "1.0"),
            ("0.1234567890123456789", "0.12345678901234568"), ("12345678901234567890123", nil), ("1e400", nil),
        ] as [(String, String?)]
    )
    func refused(number: String, written: String?) async throws {
        for config in Self.layouts(number) {
            let found = try await Self.check(config).diagnostics
            try #require(found.map(\.rule) == ["wrong-type"], "\(config) \(found)")
            #expect(found[0].severity == .error)
            #expect(found[0].place.span?.byteLength == number.utf8.count)
            #expect(found[0].help?.contains("quote it: \"\(number)\"") == true)
            if let written { #expect(found[0].help?.contains("write \(written)") == true, "\(found[0])") }
            #expect(found[0].replacement == Diagnostic.Replacement(text: "\"\(number)\"", isSafe: false))
            let quoted = try await Self.check(
                config.replacing(": \(number)", with: ": \"\(number)\"")
                    .replacing(", \(number)]", with: ", '\(number)']")
            ).diagnostics
            #expect(quoted.isEmpty, "\(quoted)")
        }
    }

    @Test(
        "Other numbers and text are accepted",
        arguments: [
            "0", "0.5", "1.0", "-1.5", "1e3", "1.5e+300", "0x1F", "0o17", "\"0613\"", "'1.10'", "2024-10-21", "+5",
            "1.",
            ".5", "-0", "1e-05", "v1.10", "1.10.0", "0613-preview", "10:30", "1_000",
        ]
    )
    func kept(number: String) async throws {
        for config in Self.layouts(number) where !config.contains("|") {
            let found = try await Self.check(config).diagnostics
            #expect(found.isEmpty, "\(config) \(found)")
        }
    }

    @Test(
        "A key of digits is reported as a key, and no form of the number is shown",
        arguments: ["00123456789", "12345678.10"]
    )
    func keys(number: String) async throws {
        for name in ["password", "apiKey", "db_password", "passphrase"] {
            let found = try await Self.check("{\(name): \(number)}").diagnostics
            #expect(!found.isEmpty)
            for diagnostic in found {
                let shown = "\(diagnostic)"
                #expect(!shown.contains("123456789") && !shown.contains("12345678.1"), "\(shown)")
            }
            if found.contains(where: { $0.rule == "plaintext-key" }) { #expect(found.count == 1) }
        }
    }
}
