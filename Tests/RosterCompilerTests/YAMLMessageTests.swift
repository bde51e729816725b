import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterCompiler

/// Messages for files that are not YAML, or whose meaning differs from their appearance.
@Suite("Messages of YAML")
struct YAMLMessageTests {
    private static let path = "providers/acme/gpt-4o.yaml"

    /// The replaced text of a provider's file, with the rule, the column, the message and the help.
    private static let edits: [(String, String, String, String, String, String)] = [
        (
            "provider: openai", " provider: openai", "yaml-syntax", "3:1",
            "this line is indented by 1 space; keys of the file start in column 1",
            "start it in column 1: provider: openai"
        ),
        (
            "id: aip", " id: aip", "yaml-syntax", "1:1",
            "this line is indented by 1 space; keys of the file start in column 1",
            "start it in column 1: id: aip_8QzKx0vT2mWb4NcR"
        ),
        (
            "defaultModel", "config:\n  region: a\n zone: b\ndefaultModel", "yaml-syntax", "6:1",
            "this line is indented by 1 space; the keys of \"config\" are indented by 2 spaces, and keys of the file start in column 1",
            "indent it by 2 spaces:   zone: b"
        ),
        (
            "defaultModel", "config:\n  region: a\n\tzone: b\ndefaultModel", "yaml-syntax", "6:1",
            "the line is indented with a tab; use two spaces", "indent it with spaces:   zone: b"
        ),
        (
            "GPT-4o for checkout", "#1 model", "wrong-type", "2:7",
            "\"name\" has no value: everything after # is a comment",
            "quote it: \"#1 model\"; or write the value before the comment"
        ),
        (
            "GPT-4o for checkout", "GPT: fast # note", "yaml-syntax", "2:10",
            "\": \" is not allowed in a value without quotes", "quote the value: name: \"GPT: fast\" # note"
        ),
        (
            "GPT-4o for checkout\n", "a, provider: openai\n", "yaml-syntax", "2:18",
            "\": \" is not allowed in a value without quotes", "begin each key on its own line: provider: openai"
        ),
        (
            "GPT-4o for checkout", "@x \"y\"", "yaml-syntax", "2:7", "a value without quotes must not start with \"@\"",
            "quote the value: name: '@x \"y\"'"
        ),
        (
            "GPT-4o for checkout", "'it's'", "yaml-syntax", "2:11",
            "text is not allowed after the closing quote of a value", "quote the whole value: name: \"it's\""
        ),
        (
            "GPT-4o for checkout", "\"GPT\",", "yaml-syntax", "2:12", "\",\" is not allowed after a value",
            "delete it: name: \"GPT\""
        ),
        (
            "GPT-4o for checkout", "\"GPT", "yaml-syntax", "2:7", "the quote that opens in line 2 is not closed",
            "close it at the end of the line: name: \"GPT\""
        ),
        (
            "GPT-4o for checkout", "\"C:\\dir\"", "yaml-syntax", "2:10", "\"\\d\" is not an escape in double quotes",
            "in single quotes a backslash is a backslash: name: 'C:\\dir'"
        ),
        (
            "GPT-4o for checkout", "*x", "unsupported-yaml", "2:7", "aliases (\"*name\") are not part of the format",
            "write the value out; a value that starts with \"*\" is quoted: name: \"*x\""
        ),
        (
            "GPT-4o for checkout", "&x y", "unsupported-yaml", "2:7", "anchors (\"&name\") are not part of the format",
            "delete the anchor; a value that starts with \"&\" is quoted: name: \"&x y\""
        ),
        (
            "GPT-4o for checkout", "{{ name }}", "unsupported-yaml", "2:7",
            "templates (\"{{ … }}\") are not part of the format",
            "write the value out; a text with braces is quoted: name: \"{{ name }}\""
        ),
        (
            "name: GPT", "name:GPT", "yaml-syntax", "2:6", "a space is missing after \":\"",
            "write name: GPT-4o for checkout"
        ),
        (
            "name: GPT-4o", "name = GPT-4o", "yaml-syntax", "2:6", "a key ends with \":\", not with \"=\"",
            "write name: GPT-4o for checkout"
        ),
        (
            "name: GPT-4o", "name GPT-4o", "yaml-syntax", "2:1", "this line is not \"key: value\"",
            "write name: GPT-4o for checkout"
        ),
        (
            "name:", "// label\nname:", "yaml-syntax", "2:1", "a comment starts with \"#\", not with \"//\"",
            "write # label"
        ),
        (
            "name:", "-name: a\n+name:", "yaml-syntax", "2:1", "this is a line of a diff, not of the file itself",
            "delete the lines of the header and those that start with \"-\", and the \"+\" or space at the start of the others"
        ),
        (
            "name:", "\u{A0}name:", "unknown-field", "2:1",
            "this line is indented with a no-break space (U+00A0), which is not a space in YAML",
            "rename it to \"name\""
        ),
        (
            "id: aip", "---\n---\nid: aip", "multiple-documents", "2:1", "a second YAML document starts here",
            "delete the line"
        ),
        (
            "name:", "<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> side\nname:", "yaml-syntax", "2:1",
            "unresolved merge conflict in lines 2 to 6",
            "keep one side and delete the other and the lines of <<<<<<<, ======= and >>>>>>>; for the whole file: "
                + "git checkout --ours -- providers/acme/gpt-4o.yaml takes the sides above =======, --theirs those below; "
                + "git merge --abort gives up a merge, git rebase --abort a rebase"
        ),
    ]

    /// As ``edits``, below the other keys.
    private static let additions: [(String, String, String, String, String)] = [
        (
            "config:\nnote: a\n", "unknown-field", "7:1", "\"note\" is not a key of a provider",
            "indent it by two spaces, so that it belongs to config:   note: a"
        ),
        (
            "config:\norganization: org-acme\n", "unknown-field", "7:1",
            "\"organization\" is not a key of a provider",
            "indent it by two spaces, so that it belongs to config:   organization: org-acme"
        ),
        (
            "config:\n  organization:org-acme\n", "wrong-type", "7:3", "\"config\" must be a mapping, found text",
            "write a space after the colon: organization: …"
        ),
        (
            "config: {organization:org-acme}\n", "unused-setting", "6:22",
            "\"organization\" has no value: a space is missing after \":\"",
            "write organization: …, with a space after the colon"
        ),
        (
            "config:\n  a: [{b: {c:d}}]\n", "unused-setting", "7:13",
            "\"c\" has no value: a space is missing after \":\"", "write c: …, with a space after the colon"
        ),
        (
            "config:\n  a: 1\n\t\n", "yaml-syntax", "8:1", "this line has a tab and nothing else", "delete the tab"
        ),
        (
            "<<: *base\n", "unsupported-yaml", "6:1", "merge keys (\"<<\") are not part of the format",
            "delete the line, and write the keys that it adds"
        ),
        (
            "config:\n  a: -9223372036854775809\n", "wrong-type", "7:6",
            "-9223372036854775809 has more digits than a number can have",
            "quote it: \"-9223372036854775809\"; the smallest whole number is -9223372036854775808"
        ),
        (
            "config:\n  \(String(repeating: "é", count: 501)): 1\n", "invalid-value", "7:3",
            "this key has 501 characters; a key of config may have at most 500",
            "shorten the key, or write the text as a value"
        ),
        (
            "config:\n  a: \"\\uFFFF\"\n", "hidden-character", "7:6",
            "U+FFFF, which is not a character, is written as an escape and cannot be seen",
            "write the text without the escape"
        ),
    ]

    @Test("A mistake in the last lines has one message too", arguments: additions)
    func addition(lines: String, rule: String, place: String, message: String, help: String) async throws {
        for end in ["\n", "\r\n"] {
            let text = (RuleExample.provider + lines).replacing("\n", with: end)
            let found = try await Self.diagnostics(Array(text.utf8))
            #expect(found.map(\.rule) == [rule], "\(found)")
            #expect(found.first?.message == message)
            #expect(found.first?.help == help)
            #expect((found.first?.place.span).map { "\($0.line):\($0.column)" } == place)
        }
    }

    @Test("A key without a value is not reported for its colon elsewhere")
    func colonControls() async throws {
        for lines in [
            "{\"a:b\"}", "{a:b: c}", "[a:b]", "{a: }", "{a: null, b: }", "{a, b}", "\n  a:b: c",
        ] {
            let text = RuleExample.provider + "config: \(lines.hasPrefix("[") ? "{x: \(lines)}" : lines)\n"
            #expect(try await Self.diagnostics(Array(text.utf8)).isEmpty, "\(lines)")
        }
    }

    @Test("One mistake has one message, at the byte that is wrong, and its help corrects it", arguments: edits)
    func message(
        part: String,
        replacement: String,
        rule: String,
        place: String,
        message: String,
        help: String
    ) async throws {
        let text = RuleExample.provider.replacing(part, with: replacement)
        #expect(text != RuleExample.provider)
        let found = try await Self.diagnostics(Array(text.utf8))
        #expect(found.map(\.rule) == [rule], "\(found)")
        let diagnostic = try #require(found.first)
        #expect(diagnostic.message == message)
        #expect(diagnostic.help == help)
        let span = try #require(diagnostic.place.span)
        #expect("\(span.line):\(span.column)" == place)
        #expect(diagnostic.severity == .error)
    }

    @Test("The corrected line of a help is accepted in place of the line")
    func correctedLine() async throws {
        for value in [
            "GPT: fast", "@x", "`x`", "%x", "*x", "&x y", "!x", "> 4o", "| x", "- x", "? x", ", x", "[draft] x",
            "{x} y",
            "'it's'", "\"GPT\" 4o", "\"GPT", "'GPT", "\"C:\\dir\"", "#1 model", "{{ name }}", "“GPT: fast”",
            "\"a\" // b", "\"a\",",
            "&quot;GPT&quot;", "'it's': x",
        ] {
            let text = RuleExample.provider.replacing("GPT-4o for checkout", with: value)
            let found = try await Self.diagnostics(Array(text.utf8))
            #expect(found.count == 1, "\(value): \(found)")
            let help = found.first?.help ?? ""
            let line =
                help.firstRange(of: "name: ").map { String(help[$0.lowerBound...]) } ?? "name: "
                + help.dropFirst("quote it: ".count)
            let corrected = text.split(separator: "\n").map {
                $0.hasPrefix("name:")
                    ? line.prefix(upTo: line.firstRange(of: "; or ")?.lowerBound ?? line.endIndex) : $0
            }
            .joined(separator: "\n")
            #expect(try await Self.diagnostics(Array((corrected + "\n").utf8)).isEmpty, "\(value): \(help)")
        }
    }

    @Test("A file in another encoding, or with other line ends, has one message")
    func encodings() async throws {
        let text = RuleExample.provider
        let utf16 = Array(text.utf16)
        let little = utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big = utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
            let found = try await Self.diagnostics(bytes)
            #expect(found.map(\.message) == ["the file is UTF-16, not UTF-8"])
        }
        let macintosh = try await Self.diagnostics(Array(text.replacing("\n", with: "\r").utf8))
        #expect(macintosh.map(\.rule) == ["hidden-character"])
        #expect(macintosh.first?.message.contains("CR alone") == true)
        let zeros = try await Self.diagnostics(Array(text.replacing("GPT-4o", with: "G\0P\0T").utf8))
        #expect(zeros.map(\.message) == ["the file contains a NUL byte"])
    }

    @Test("A conflict is reported in each kind of file, and fields that it hides are not reported as missing")
    func conflictInEachKind() async throws {
        for file in RuleExample.common {
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
            let text =
                (["<<<<<<< HEAD"] + lines.prefix(2) + ["======="] + lines.prefix(2) + [">>>>>>> side"]
                + lines.dropFirst(2))
                .joined(separator: "\r\n")
            let others = RuleExample.common.filter { $0.path != file.path }.map { ($0.path, Array($0.text.utf8)) }
            let checked = try await Compiler(Fixtures.options).analyze(
                MemoryTree(others + [(file.path, Array(text.utf8))])
            )
            #expect(checked.diagnostics.map(\.rule) == ["yaml-syntax"], "\(checked.diagnostics)")
            #expect(checked.diagnostics.first?.place.path == file.path)
        }
    }

    @Test("No message of a broken file contains a key's value")
    func masks() async throws {
        let key = "sk-proj-" + String(repeating: "a1B2", count: 10)
        for line in [
            "api_key: @\(key)", "api_key: \"\(key)", "api_key: a: \(key)", "api_key:\(key)", "api_key = \(key)",
            " api_key: \(key)", "\tapi_key: \(key)", "api_key: '\(key)' x", "api_key: #\(key)", "api_key: *\(key)",
            "password: @hunter2hunter2", "password = hunter2hunter2", "password:hunter2hunter2",
            "  password: \"hunter2hunter2",
            "password: 'hunter2hunter2's'",
        ] {
            let text = RuleExample.provider + "config:\n  a: b\n  \(line)\n  c: d\n"
            let checked = try await Self.check(Array(text.utf8))
            let report = Fixtures.report(checked)
            let lost = RuleExample.provider + "config:\n\(line.drop { " \t".contains($0) })\n"
            let inBraces = RuleExample.provider + "config: {\(line.drop { " \t".contains($0) })}\n"
            let third = Fixtures.report(try await Self.check(Array(inBraces.utf8)))
            #expect(!third.contains(key) && !third.contains("hunter2hunter2"), "\(line): \(third)")
            let second = Fixtures.report(try await Self.check(Array(lost.utf8)))
            #expect(!second.contains(key) && !second.contains("hunter2hunter2"), "\(line): \(second)")
            #expect(!checked.diagnostics.isEmpty)
            #expect(!report.contains(key) && !report.contains("hunter2hunter2"), "\(line): \(report)")
        }
    }

    private static func diagnostics(_ bytes: [UInt8]) async throws -> [Diagnostic] {
        try await check(bytes).diagnostics
    }

    private static func check(_ bytes: [UInt8]) async throws -> AnalyzedRepository {
        let others = RuleExample.common.filter { $0.path != path }.map { ($0.path, Array($0.text.utf8)) }
        return try await Compiler(Fixtures.options).analyze(MemoryTree(others + [(path, bytes)]))
    }
}
