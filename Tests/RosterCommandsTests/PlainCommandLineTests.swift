import RosterTestSupport
import Testing

@testable import RosterCommands

@Suite("Command lines that need no parser")
struct PlainCommandLineTests {
    @Test(
        "Only command lines that the parser reads in the same way are recognized",
        arguments: [
            ("check", PlainCommandLine.check), ("compile", .compile(output: nil)),
            ("compile -o registry.json", .compile(output: "registry.json")),
            ("compile --output /tmp/a b.json", nil), ("compile --output r", .compile(output: "r")),
            ("", nil), ("check --strict", nil), ("check check", nil), ("--quiet check", nil), ("compile -o", nil),
            ("compile -o -", nil), ("compile -o --check", nil), ("compile -o=r", nil), ("compile r -o", nil),
            ("compile -o r --check", nil), ("compile -o a\u{FFFD}", nil), ("Check", nil), ("chec", nil),
        ]
    )
    func recognizes(words: String, wanted: PlainCommandLine?) {
        #expect(PlainCommandLine(words.split(separator: " ").map(String.init)) == wanted)
    }

    @Test func leavesEmptyFileNameToParser() {
        #expect(PlainCommandLine(["compile", "-o", ""]) == nil)
    }

    @Test("Both ways to read a command line have the same effect", arguments: [true, false])
    func plainAndParsedCommandLinesAgree(isGood: Bool) async throws {
        let folder = try ScratchFolder()
        let file = "providers/acme/gpt-4o.yaml"
        try folder.write("roster.yaml", "projects:\n  acme: {id: proj_7Hq2Wm9ZtL5rYb3K, name: Acme}\n")
        let model = isGood ? "m" : "4"
        try folder.write(file, "id: aip_8QzKx0vT2mWb4NcR\nname: a\nprovider: ollama\ndefaultModel: \(model)\n")
        let program = RosterProgram(folder: folder.path)
        for words in [["check"], ["compile"], ["compile", "-o", "out.json"], ["compile", "-o", "."]] {
            let plain = try await program.run(words)
            let written = try? folder.read("out.json")
            let parsed = try await program.run(words + ["--color", "auto"])
            #expect(plain.exitCode == parsed.exitCode && plain.output == parsed.output && plain.error == parsed.error)
            #expect(written == (try? folder.read("out.json")))
        }
    }
}
