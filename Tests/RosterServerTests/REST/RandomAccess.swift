import Foundation
import RosterBytes
import RosterTestSupport
import Testing

@testable import RosterServer

/// A server with random policies, and a decision about each request that is made without the server's code.
struct RandomAccess {
    /// A statement of a policy.
    struct Statement {
        var isAllow: Bool
        var actions: [String]
        var resources: [String]

        func matches(_ action: String, _ name: String) -> Bool {
            let project = String(name.prefix { $0 != "/" })
            return actions.contains { $0 == "*" || $0 == "aiProviders:*" || $0 == "aiProviders:" + action }
                && resources.contains { $0 == "*" || $0 == project + "/*" || $0 == name }
        }
    }

    /// A token with one policy.
    struct Token {
        var number: Int
        var statements: [Statement]
        var lock: String?

        var text: String { "sk_" + String(number).padding(toLength: 43, withPad: "x", startingAt: 0) }

        /// Returns a Boolean value that indicates whether the token may take an action on a provider.
        func may(_ action: String, _ name: String) -> Bool {
            guard lock.map({ name.hasPrefix($0 + "/") }) ?? true else { return false }
            let matching = statements.filter { $0.matches(action, name) }
            return !matching.isEmpty && matching.allSatisfy(\.isAllow)
        }
    }

    let server: ServedExample
    /// A token that may do everything.
    let admin = "sk_" + String(repeating: "a", count: 43)
    let tokens: [Token]

    private static let actions = ["ListAiProviders", "GetAiProvider", "UpdateAiProvider", "DeleteAiProvider"]

    /// Serves the example with another project, and `count` tokens.
    init(tokens count: Int, _ random: inout SeededGenerator) async throws {
        let names = try ServedRepository.files(isOpen: true).map(\.path).filter { $0.hasPrefix("providers/") }
            .map { String($0.dropFirst("providers/".count).dropLast(".yaml".count)) }
        let resources = names + ["globex/other", "globex/*", "acme/*", "labs/*", "*"]
        tokens = (0..<count).map { number in
            let statements = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                Self.statement(resources, &random)
            }
            let lock = Int.random(in: 0..<8, using: &random) == 0 ? "labs" : nil
            return Token(number: number, statements: statements, lock: lock)
        }
        let roster = try #require(try ServedRepository.files(isOpen: true).first { $0.path == "roster.yaml" })
        let text = String(decoding: roster.bytes, as: UTF8.self)
            .replacing("projects:\n", with: "projects:\n  globex:\n    id: proj_V1StGXR8Z5jdHi6C\n    name: Globex\n")
        server = try await ServedExample(changes: [
            "roster.yaml": text + Self.access(tokens, admin: admin),
            "providers/globex/other.yaml": ResponderFixture.provider("otherotherothero", "Other"),
        ])
    }

    private static func statement(_ resources: [String], _ random: inout SeededGenerator) -> Statement {
        func some(_ values: [String], prefix: String = "") -> [String] {
            let values = Set(
                (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in values.randomElement(using: &random) }
            )
            return values.sorted().map { prefix + $0 }
        }
        var actions = some(Self.actions, prefix: "aiProviders:")
        // Most tokens of interest list and get.
        switch Int.random(in: 0..<6, using: &random) {
        case 0: actions = ["*"]
        case 1, 2: actions = ["aiProviders:ListAiProviders", "aiProviders:GetAiProvider"]
        default: break
        }
        return Statement(
            isAllow: Int.random(in: 0..<3, using: &random) > 0,
            actions: actions,
            resources: some(resources)
        )
    }

    private static func access(_ tokens: [Token], admin: String) -> String {
        func hash(_ token: String) -> String { Digest.blake2b256(of: Array(token.utf8).span).hex }
        func quoted(_ values: [String]) -> String { values.map { "\"\($0)\"" }.joined(separator: ", ") }
        var policies = "    all: [{effect: Allow, action: [\"*\"], resource: [\"*\"]}]\n"
        var entries = "    - {id: key_adminadminadmina, name: admin, hash: \"\(hash(admin))\", policies: [all]}\n"
        for token in tokens {
            policies += "    p\(token.number):\n"
            for statement in token.statements {
                policies += "      - {effect: \(statement.isAllow ? "Allow" : "Deny"), "
                policies += "action: [\(quoted(statement.actions))], resource: [\(quoted(statement.resources))]}\n"
            }
            let id = "key_" + String(token.number).padding(toLength: 16, withPad: "k", startingAt: 0)
            entries +=
                "    - {id: \(id), name: t\(token.number), hash: \"\(hash(token.text))\", policies: [p\(token.number)]"
            entries += token.lock.map { ", project: \($0)}\n" } ?? "}\n"
        }
        return "access:\n  policies:\n\(policies)  tokens:\n\(entries)"
    }
}
