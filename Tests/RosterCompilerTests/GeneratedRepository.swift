import Foundation
import RosterModel
import RosterTestSupport

@testable import RosterCompiler
@testable import RosterFrontend

/// Repositories whose values are at the limits of the format, or just beyond them.
struct GeneratedRepository {
    private var random: SeededGenerator
    private var count = 0
    /// A Boolean value that indicates whether this repository has values that are rejected.
    private var isHostile = false

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// Returns the files of the next repository.
    mutating func next() -> [(path: String, bytes: [UInt8])] {
        count = 0
        isHostile = isChosen(1, of: 3)
        let project = handle()
        var roster = "roster: 1\nprojects:\n  \"\(project)\": {id: \(id("proj_")), name: \(name())}\n"
        roster += RuleExample.roster[(RuleExample.roster.range(of: "sealingKeys")?.lowerBound ?? roster.startIndex)...]
        if isChosen(1, of: 3) { roster += access(to: project) }
        var files = [(path: "roster.yaml", bytes: Array(roster.utf8))]
        for slug in ProviderSlug.allCases where isChosen(1, of: 3) {
            let secret = slug == .ollama ? nil : handle()
            files.append(("providers/\(project)/\(handle()).yaml", Array(provider(slug, secret).utf8)))
            guard let secret else { continue }
            files.append(("secrets/\(project)/\(secret).yaml", Array(self.secret(for: slug).utf8)))
        }
        return files
    }

    // MARK: - Files

    private mutating func provider(_ slug: ProviderSlug, _ secret: String?) -> String {
        var text = "id: \(id("aip_"))\nname: \(name())\nprovider: \(slug.rawValue)\n"
        text += "defaultModel: \([.azure, .bedrock, .google].contains(slug) ? "model-1" : name())\n"
        if let secret { text += "secret: \(PlainText.quoted(secret, single: false))\n" }
        let setting = Self.settings[slug] ?? ""
        if [.gateway, .custom].contains(slug) { text += "baseUrl: https://h.example.org/v1\n" }
        let budget = isChosen(1, of: 20) ? 60_000 : 400
        switch Int.random(in: 0..<6, using: &random) {
        case 0 where setting.isEmpty: return text
        case 1 where setting.isEmpty: return text + "config: {}\n"
        case 2 where setting.isEmpty: return text + "config:\n"
        default: return text + "config:\n" + setting + block(depth: 2, indent: 2, bytes: budget)
        }
    }

    private static let settings: [ProviderSlug: String] = [
        .azure: "  resourceName: \(String(repeating: "r", count: 60))\n", .bedrock: "  region: eu-central-1\n",
    ]

    private mutating func secret(for slug: ProviderSlug) -> String {
        let hosts = Self.hosts[slug] ?? "h.example.org"
        let generation = pick(["1", "9223372036854775807", "4294967296"])
        return RuleExample.secret.replacing("[api.openai.com]", with: "[\(hosts)]")
            .replacing("sec_J8sPq2LmN4tRvX6z", with: id("sec_"))
            .replacing("OpenAI, production", with: name())
            .replacing("generation: 1", with: "generation: \(generation)")
            .replacing(RuleExample.box("B"), with: box())
    }

    private static let hosts: [ProviderSlug: String] = [
        .openai: "api.openai.com", .anthropic: "api.anthropic.com", .google: "generativelanguage.googleapis.com",
        .xai: "api.x.ai", .groq: "api.groq.com",
        .azure: "\(String(repeating: "r", count: 60)).openai.azure.com",
        .bedrock: "bedrock-runtime.eu-central-1.amazonaws.com, bedrock.eu-central-1.amazonaws.com",
    ]

    /// Returns a box that differs from the others in its first 32 bytes.
    private mutating func box() -> String {
        count += 1
        return "\(count + 1000)" + RuleExample.box("B").dropFirst(4)
    }

    private mutating func access(to project: String) -> String {
        let date = pick(["0000-01-01", "1970-01-01", "2024-02-29", "9999-12-31"])
        let policy = handle()
        return """
            access:
              policies:
                \(PlainText.quoted(policy, single: false)):
                  - {effect: Deny, action: ["*", "aiProviders:*"], resource: ["*", "\(project)/*"]}
                \(PlainText.quoted(handle(), single: true)): [{effect: Allow, action: ["*"], resource: ["*"]}]
              tokens:
                - id: \(id("key_"))
                  name: \(name())
                  hash: \(String(repeating: "5d", count: 31))\(10 + count % 90)
                  policies: [\(pick(["", PlainText.quoted(policy, single: false)]))]
                  project: \(pick(["null", PlainText.quoted(project, single: true)]))
                  expires: \(pick(["", "null", date]))

            """
    }

    // MARK: - Config

    private mutating func block(depth: Int, indent: Int, bytes: Int) -> String {
        var text = ""
        let isDeep = isChosen(1, of: 8)
        repeat {
            count += 1
            text += String(repeating: " ", count: indent) + key() + ":"
            if isDeep, depth < 31 {
                text += "\n" + block(depth: depth + 1, indent: indent + 1, bytes: 0)
            } else if isChosen(1, of: 4) {
                text += pick([" |\n", " >-\n", " |+\n"]) + String(repeating: " ", count: indent + 2)
                text += pick(["text", "# text", "\"", "a: b", "[\\"]) + pick(["\n", "\n\n\n"])
            } else {
                text += " " + flow(depth: depth + 1) + pick(["\n", " # comment\n"])
            }
        } while text.utf8.count < bytes
        return text
    }

    private mutating func flow(depth: Int) -> String {
        guard depth <= 32, isChosen(1, of: 3) else { return isChosen(1, of: 2) ? number() : scalar() }
        let isDeep = isChosen(1, of: 4)
        let entries = (0..<(isDeep ? 1 : Int.random(in: 0...3, using: &random))).map { _ in
            isDeep && depth < 32 ? deep(from: depth + 1) : flow(depth: depth + 1)
        }
        if isChosen(1, of: 2) { return "[" + entries.joined(separator: ", ") + "]" }
        return "{" + entries.map { key() + ": " + $0 }.joined(separator: ", ") + "}"
    }

    /// Returns a list in a list, down to the last level that is allowed, or one more.
    private mutating func deep(from depth: Int) -> String {
        let levels = 33 - depth + (isHostile && isChosen(1, of: 3) ? 1 : 0)
        return String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }

    private mutating func key() -> String {
        count += 1
        let length = isChosen(1, of: 20) ? pick(isHostile ? [500, 501, 990, 1_015, 1_020] : [100, 490, 496]) : 1
        let filler =
            length < 100 ? text() : String(repeating: pick(["\"", "\\", "x", "é", "😀", "\t", "'"]), count: length)
        return PlainText.quoted("k\(count)" + filler, single: isChosen(1, of: 2))
    }

    private mutating func number() -> String {
        pick(isHostile && isChosen(1, of: 10) ? Self.refusedNumbers : Self.numbers)
    }

    private static let numbers = [
        "1e308", "1.7976931348623157e+308", "-1e308", "-0", "-0.0", "0", "0.0", "+5", "1.", ".5", "-.5", "5e-324",
        "2.2250738585072014e-308", "9223372036854775807", "-9223372036854775808", "1.0",
        "0x1F", "0x7FFFFFFFFFFFFFFF", "0o17", "1e3", "1E-05", "1e+16", "9007199254740993",
        "100000000000000000000.0", "0.1", "0.30000000000000004", "123456789.123456789", "true", "False", "null", "~",
        "no", "2024-10-21", "1_000", "12:30", "0b1",
    ]

    private static let refusedNumbers = ["9223372036854775808", "9007199254740993.0", "0613", "1.10", ".inf", "1e309"]

    // MARK: - Texts

    private mutating func scalar() -> String { PlainText.quoted(text(), single: isChosen(1, of: 2)) }

    private mutating func name() -> String {
        let filler =
            isChosen(1, of: 4) ? String(repeating: pick(["a", "é", "字", "😀", "\\", "\""]), count: 196) : text()
        count += 1
        return PlainText.quoted(
            "n\(count % 100)" + filler.unicodeScalars.prefix(196).map { String($0) }.joined() + "z",
            single: false
        )
    }

    /// Returns a few characters of any plane.
    private mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            guard isChosen(1, of: 20) else {
                text += pick(Self.texts)
                continue
            }
            let value = UInt32.random(in: 0...0x10FFFF, using: &random)
            guard let scalar = Unicode.Scalar(value), isHostile || !HiddenScalar.isHidden(scalar, after: "a") else {
                continue
            }
            text.unicodeScalars.append(scalar)
        }
        let noncharacters: [UInt32] = [0xFFFF, 0xFFFE, 0x1FFFF, 0xFDD0, 0x10FFFF]
        if isHostile, isChosen(1, of: 40), let scalar = Unicode.Scalar(pick(noncharacters)) {
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    private static let texts = [
        "a", "Z", "é", "e\u{301}", "字", "😀", "👍🏽", "❤️", "1️⃣", "𝒳", "𐀀", "\u{20000}", "\u{2FA1D}", "\u{30000}", "\u{FFFD}",
        "\u{D7FB}", "\u{FF21}", "\u{1F1E9}\u{1F1EA}", "\u{A0}", "\u{3000}", "\t", "\n", "\"", "\\", "\\u0041", "'",
        "''", ": ",
        " #", ",", "{", "}", "[", "]", "&", "*", "!", "|", ">", "%", "@", "`", "<<", "---", "- ", "? ", "=", " ", "  ",
        "/",
        "</script>",
    ]

    // MARK: - Choices

    private mutating func isChosen(_ chance: Int, of total: Int) -> Bool {
        Int.random(in: 0..<total, using: &random) < chance
    }

    private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[Int.random(in: choices.indices, using: &random)]
    }

    private mutating func handle() -> String {
        count += 1
        let number = String(count, radix: 36)
        return pick([
            number + "-a", "0" + number, number + String(repeating: "-", count: 61 - number.utf8.count) + "z9",
        ])
    }

    private mutating func id(_ prefix: String) -> String {
        count += 1
        let number = String(count)
        return prefix + String(repeating: pick(["a", "Z", "0"]), count: 16 - number.utf8.count) + number
    }
}
