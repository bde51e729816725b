import Foundation
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterBridges

/// The reader of `.env` files, compared with python-dotenv.
@Suite("Import: .env files")
struct DotenvTests {
    private static let pieces = [
        "A", "B_C", "export ", "export\t", "=", " = ", "'", "\"", "\\", "\\n", "\\\"", "#", " # note", "\n", "\r\n",
        "\r",
        " ", "\t", "value", "ä", "${A}", "${B_C:-x}", "${", "}", "$A", ":", "\n\n", "A=1\n", "B_C='x y'\n",
        "A=\"1\n2\"\n",
    ]

    @Test("Random files have the variables that python-dotenv finds")
    func parity() async throws {
        var random = SeededGenerator()
        var texts = [
            "", "A=1", "A='it\\'s'\n", "A=\"a\\nb\" # c\n", "A= # c\n", "A=#x\n", "A= #x\n", "A=1 # c\n", "A=x#y\n",
            "A=1\nA=2\nB=${A}\n",
            "A\nB=${A:-x}\n",
        ]
        for _ in 0..<1500 {
            texts.append(
                (0..<Int.random(in: 1..<14, using: &random)).map { _ in
                    Self.pieces.randomElement(using: &random) ?? ""
                }.joined()
            )
        }
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let root = here.appending(path: "../..").standardizedFileURL
        let tools = Tools(
            folder: here.path,
            environment: ["PYTHONPATH": root.appending(path: ".build/litellm").path, "PYTHONUTF8": "1"]
        )
        let run = try tools.start(
            "python3",
            [here.appending(path: "dotenv_peer.py").path],
            input: try JSONEncoder().encode(texts)
        )
        try #require(run.exitCode == 0, "\(run.error)")
        let expected = try JSONDecoder().decode([[[String?]]].self, from: Data(run.output.utf8))
        for (text, variables) in zip(texts, expected) {
            let file = try Self.read(text)
            let wanted = Dictionary(variables.map { ($0[0] ?? "", $0[1]) }) { _, last in last }
            let names = Set(file.entries.compactMap(\.name))
            #expect(names == Set(wanted.keys), "\(text.debugDescription)")
            for name in names {
                #expect(Self.value(name, file) == wanted[name] ?? nil, "\(name) of \(text.debugDescription)")
            }
        }
    }

    @Test("Entries have the place of their names, and lines of another form are listed")
    func places() throws {
        let file = try Self.read("# c\n  export A=1\nnot this\nB='x\ny'\n\u{FEFF}C=2\n")
        #expect(file.entries.map(\.name) == ["A", nil, "B", "\u{FEFF}C"])
        #expect(file.entries.map(\.line) == [2, 3, 4, 6])
        #expect(file.entries.map(\.column) == [3, 1, 1, 1])
        let marked = try Self.read("\u{FEFF}A=1\n")
        #expect(Self.value("A", marked) == "1")
    }

    @Test("References that double a value stop at the limit")
    func growth() throws {
        let lines = (1..<60).map { "A\($0)=${A\($0 - 1)}${A\($0 - 1)}\n" }
        let file = try Self.read("A0=0123456789\n" + lines.joined())
        #expect(Self.value("A5", file)?.utf8.count == 320)
        #expect(Self.value("A40", file) == nil)
    }

    private static func read(_ text: String) throws -> DotenvFile {
        var bytes = try SecretBytes(zeroes: text.utf8.count)
        bytes.withMutableBytes { $0.copyBytes(from: text.utf8) }
        return try DotenvFile(bytes)
    }

    private static func value(_ name: String, _ file: borrowing DotenvFile) -> String? {
        file.withValue(of: name) { bytes in bytes.map { String(decoding: $0, as: UTF8.self) } }
    }
}
