import RosterCompiler
import RosterFrontend
import RosterModel
import RosterTestSupport

@testable import RosterEditing

/// A provider's file in an unusual layout that the reader accepts.
struct GeneratedFile {
    private var random: SeededGenerator
    private var lines: [String] = []
    /// The column of the innermost key or dash, which the lines of a value in brackets must exceed.
    private var parentColumn = 0
    /// A Boolean value that indicates whether the last line belongs to a block scalar.
    private var endsInBlockScalar = false

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// Returns the bytes of one of the files of this run.
    static func bytes(number: UInt64) -> [UInt8] {
        var file = GeneratedFile(seed: TestSeed.of() &+ number)
        return file.make()
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }

    private mutating func make() -> [UInt8] {
        let step = pick([1, 2, 3, 4])
        if chance(20) { lines.append("---") }
        var fields = ["id", "name", "provider", "defaultModel"]
        if chance(50) { fields.append("secret") }
        if chance(50) { fields.append("baseUrl") }
        if chance(70) { fields.append("config") }
        if chance(30) { fields.shuffle(using: &random) }
        if chance(12) {
            let members = fields.map { key($0) + ": " + flowValue($0, depth: 0) }
            let text = flow(members, "{", "}")
            lines += text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        } else {
            for field in fields { entry(field, column: 0, step: step) }
        }
        var text = lines.joined(separator: "\n")
        let endsInKeep = text.hasSuffix(" ")
        if chance(80) || endsInKeep { text += "\n" }
        if chance(10) { text += "\n# the end" }
        if chance(25) { text = text.replacing("\n", with: "\r\n") }
        return Array(text.utf8)
    }

    private mutating func noise(_ column: Int) {
        if chance(12) { lines.append(pick(["", "  ", ""])) }
        if chance(15) {
            // After a block scalar, a comment that is indented is part of the text.
            let indent = endsInBlockScalar ? 0 : pick([0, column, column + 3])
            lines.append(String(repeating: " ", count: indent) + "# note: it's {one}, \"two\"")
        }
    }

    private mutating func comment() -> String { chance(20) ? pick(["  # here", " # a: b, c", "\t# é", "   #"]) : "" }

    private mutating func key(_ name: String) -> String { chance(15) ? pick(["\"\(name)\"", "'\(name)'"]) : name }

    private mutating func value(_ field: String) -> String {
        switch field {
        case "id": "aip_8QzKx0vT2mWb4NcR"
        case "provider": pick(["openai", "ollama", "custom"])
        case "secret": pick(["openai-prod", "other", ""])
        case "baseUrl": pick(["https://eu.api.openai.com/v1", "http://[::1]:80/a", "null", "~"])
        case "name": pick(["GPT-4o for checkout", "a: b", "# no comment", "it's", "é 模型 🚀", "- x", "0x1f"])
        case "defaultModel": pick(["gpt-4o", "llama3.2:8b", "on", "4", "a, b"])
        default: pick(["3", "true", "no", "2.5", "x y", "", "~", "1e3", "a#b", "{", "2026-01-05"])
        }
    }

    /// Returns a scalar in a style that is valid at a position.
    private mutating func scalar(_ text: String, isText: Bool, inFlow: Bool) -> String {
        if !isText, ["3", "true", "2.5", "", "~", "1e3", "null"].contains(text) {
            return inFlow && text == "" ? "~" : text
        }
        if text == "null" || text == "~" || text == "" { return inFlow ? "null" : text }
        switch pick([0, 0, 1, 2]) {
        case 0: return PlainText.scalar(text, inFlow: inFlow)
        case 1: return PlainText.quoted(text, single: true)
        default: return PlainText.quoted(text, single: false)
        }
    }

    private mutating func flow(_ items: [String], _ open: String, _ close: String) -> String {
        guard !items.isEmpty else { return open + pick(["", " "]) + close }
        if chance(30) {
            let indent = "\n" + String(repeating: " ", count: parentColumn + 2)
            let lines = items.enumerated().map { index, item in
                indent + "  " + item + (index + 1 < items.count || chance(50) ? "," : "") + comment()
            }
            return open + comment() + lines.joined() + indent + close
        }
        return open + pick(["", " "]) + items.joined(separator: pick([", ", ",", " , "])) + pick(["", " ", ", "])
            + close
    }

    private mutating func flowValue(_ field: String, depth: Int) -> String {
        guard field == "config" || field == "free" else { return scalar(value(field), isText: true, inFlow: true) }
        if field == "config" || depth < 3 && chance(40) {
            let names = ["a", "b", "retry", "d"].filter { _ in chance(60) }
            let members = names.map { key($0) + ": " + flowValue("free", depth: depth + 1) }
            return flow(members, "{", "}")
        }
        if chance(20) {
            return flow(
                (0..<Int.random(in: 0..<3, using: &random)).map { _ in flowValue("free", depth: depth + 1) },
                "[",
                "]"
            )
        }
        return scalar(value("free"), isText: false, inFlow: true)
    }

    private mutating func entry(_ name: String, column: Int, step: Int, depth: Int = 0) {
        noise(column)
        endsInBlockScalar = false
        parentColumn = column
        let indent = String(repeating: " ", count: column)
        let head = indent + key(name) + (chance(5) ? " :" : ":")
        let isFree = depth > 0
        if (name == "config" || isFree && depth < 4 && chance(35)), chance(75) {
            if isFree, chance(30) { return list(head, column: column, step: step, depth: depth) }
            let names = ["a", "b", "retry", "d"].filter { _ in chance(60) }
            guard !names.isEmpty else { return lines.append(head + comment()) }
            lines.append(head + comment())
            for name in names { entry(name, column: column + step, step: step, depth: depth + 1) }
            return
        }
        if name == "config" || isFree && chance(25) {
            return lines.append(head + " " + flowValue("config", depth: depth) + comment())
        }
        if name == "name" || isFree, chance(20) { return blockScalar(head, column: column) }
        let text = scalar(value(isFree ? "free" : name), isText: !isFree, inFlow: false)
        if !text.isEmpty, chance(8) {
            lines.append(head + comment())
            lines.append(indent + "   " + text + comment())
        } else {
            lines.append(head + (text.isEmpty ? "" : pick([" ", "   "]) + text) + comment())
        }
    }

    private mutating func list(_ head: String, column: Int, step: Int, depth: Int) {
        lines.append(head + comment())
        let inner = chance(40) ? column : column + step
        for _ in 0..<Int.random(in: 1..<4, using: &random) {
            noise(inner)
            parentColumn = inner
            let dash = String(repeating: " ", count: inner) + "-"
            switch pick([0, 1, 2]) {
            case 0: lines.append(dash + " " + flowValue("free", depth: depth + 1) + comment())
            case 1:
                lines.append(dash + pick([" ", "   "]) + "x: 1" + comment())
                if chance(60), let last = lines.last, let at = last.firstIndex(of: "x") {
                    let indent = String(repeating: " ", count: last.distance(from: last.startIndex, to: at))
                    lines.append(indent + "y: 2" + comment())
                }
            default: lines.append(dash + " plain" + comment())
            }
        }
    }

    private mutating func blockScalar(_ head: String, column: Int) {
        let header = pick(["|", ">", "|-", ">-", "|+", ">+"])
        let indicator = chance(20) ? "4" : ""
        lines.append(head + " " + header + indicator + (chance(20) ? " # block" : ""))
        let indent = String(repeating: " ", count: indicator.isEmpty ? column + pick([1, 3]) : column + 4)
        lines.append(indent + "first # no comment")
        if chance(50) { lines.append(pick(["", indent + "  deeper", indent + "key: value"])) }
        lines.append(indent + "last")
        if chance(40) { lines.append("") }
        endsInBlockScalar = true
    }
}
