import Foundation
import RosterModel
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterRuntime

/// Values of any characters in the formats of `roster env`, read by the programs that the formats are for.
@Suite("Formats of variables")
struct EnvironmentTextTests {
    /// Returns variables with random values: every second one is a key of the characters that a header may have.
    private func variables(_ generator: inout SeededGenerator) -> [(name: String, value: String, isKey: Bool)] {
        let special = Array(#"'"\`$#%{}()!&|;<>*?[]~=+/,^ :@_-."#.unicodeScalars)
        let others = Array("aZ09 äß€漢🙂\u{301}\u{2028}\u{202E}".unicodeScalars)
        return (0..<300).map { index in
            let isKey = index % 2 == 0
            let count = Int.random(in: (isKey ? 1 : 0)...40, using: &generator)
            var value = String.UnicodeScalarView()
            for _ in 0..<count {
                let pool = isKey || Bool.random(using: &generator) ? special : others
                var scalar = pool[Int.random(in: 0..<pool.count, using: &generator)]
                if isKey, Bool.random(using: &generator) || scalar == " " {
                    scalar = Unicode.Scalar(UInt8.random(in: 0x21...0x7E, using: &generator))
                }
                value.append(scalar)
            }
            return ("V\(index)", String(value), isKey)
        }
    }

    private func environment(_ variables: [(name: String, value: String, isKey: Bool)]) throws -> ExecEnvironment {
        var environment = try ExecEnvironment(InheritedVariables(origins: []))
        for variable in variables {
            try Array(variable.value.utf8).withUnsafeBytes { value in
                let shown = variable.isKey ? nil : variable.value
                try environment.set(variable.name, to: value, shown: shown, of: "acme/p")
            }
        }
        return environment
    }

    private func text(_ environment: borrowing ExecEnvironment, _ format: EnvironmentFormat) throws -> String {
        let text = try environment.text(format, unsetting: ["OLD"], providers: nil, delimiter: "roster_0123")
        return text.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    @Test("Readers return the values byte for byte")
    func values() throws {
        var generator = SeededGenerator()
        var variables = variables(&generator)
        let environment = try environment(variables)
        let folder = try ScratchFolder()
        let tools = Tools(folder: folder.path)

        try folder.write("values.sh", "OLD=1; export OLD\n" + text(environment, .sh))
        for shell in ["sh", "bash"] {
            let output = try tools.start(shell, ["-euc", ". ./values.sh; exec env -0"]).output
            var found: [String: [UInt8]] = [:]
            // In Unicode, `=` with a combining mark is a different character.
            for entry in output.utf8.split(separator: 0) {
                let name = entry.prefix { $0 != UInt8(ascii: "=") }
                found[String(name) ?? ""] = Array(entry.dropFirst(name.count + 1))
            }
            #expect(found["OLD"] == nil)
            for variable in variables {
                #expect(found[variable.name] == Array(variable.value.utf8), "\(shell) \(variable)")
            }
        }

        let object = try JSONSerialization.jsonObject(with: Data(text(environment, .json).utf8)) as? [String: Any]
        let rows = object?["variables"] as? [[String: String]] ?? []
        #expect(rows.map { $0["name"] } == variables.map(\.name))
        for (row, variable) in zip(rows, variables) {
            #expect(row["value"]?.utf8.elementsEqual(variable.value.utf8) == true, "json \(variable)")
        }

        let lines = try text(environment, .github).utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        #expect(lines.count == 3 * variables.count + 1)
        for (index, variable) in variables.enumerated() {
            #expect(String(lines[3 * index]) == "\(variable.name)<<roster_0123")
            #expect(String(lines[3 * index + 2]) == "roster_0123")
            #expect(lines[3 * index + 1].elementsEqual(variable.value.utf8), "github \(variable)")
        }

        // These are refused.
        variables.removeAll { variable in
            variable.value.unicodeScalars.last == "\\"
                || zip(variable.value.utf8, variable.value.utf8.dropFirst()).contains { $0 == 0x24 && $1 == 0x7B }
        }
        try folder.write("values.env", text(self.environment(variables), .dotenv))
        let script = "import dotenv, json; print(json.dumps(dotenv.dotenv_values('values.env')))"
        let json = try tools.start("python3", ["-c", script]).output
        let found = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
        #expect(found.count == variables.count)
        for variable in variables {
            #expect(found[variable.name]?.utf8.elementsEqual(variable.value.utf8) == true, "dotenv \(variable)")
        }
    }

    @Test("A mask has each key, and no other value")
    func masks() throws {
        let environment = try environment([("A", "open", false), ("B", "a%b\"c", true), ("C", "::x", true)])
        let masks = try environment.masks()
        #expect(masks.withBytes { String(decoding: $0, as: UTF8.self) } == "::add-mask::a%25b\"c\n::add-mask::::x\n")
    }

    @Test("Variables that one provider removes are removed for all")
    func inherited() throws {
        let far = Origin(scheme: .https, host: .name("llm.example.com"), port: 443)
        let local = Origin(scheme: .http, host: .ipv4(IPv4Address(value: 0x7F00_0001)), port: 1)
        for origins in [[far, local], [local, far]] {
            var variables = InheritedVariables(origin: origins[0])
            variables.formIntersection(InheritedVariables(origin: origins[1]))
            variables.remove(["ROSTER_ACME_P_API_KEY"])
            let names = [
                "HTTP_PROXY", "ALL_PROXY", "HTTPS_PROXY", "no_proxy", "PATH", "roster_acme_p_api_key", "AWS_X",
            ]
            #expect(names.filter { variables.contains($0[...]) } == ["HTTPS_PROXY", "no_proxy", "PATH"])
        }
    }
}
