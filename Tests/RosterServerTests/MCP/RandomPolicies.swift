import NIOCore
import NIOHTTP1
import RosterBytes
import RosterCompiler
import RosterEditing
import RosterJSON
import RosterModel
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterServer

/// Policies with random statements and a token for each, with an independent evaluation of what each may do.
struct RandomPolicies {
    /// A statement of a policy.
    struct Statement {
        var isAllow: Bool
        var actions: [String]
        var resources: [String]
    }

    /// A token with one policy.
    struct Token {
        var number: Int
        var statements: [Statement]
        /// The only project that it may see; nil for all.
        var lock: String?

        var text: String { "sk_" + String(repeating: "r", count: 40) + String(format3: number) }

        /// Returns whether the policy allows an action on a provider, straight from the words of the policy.
        func allows(_ action: String, _ name: String) -> Bool {
            let project = String(name.prefix { $0 != "/" })
            guard lock == nil || lock == project else { return false }
            func matches(_ statement: Statement) -> Bool {
                let actions = ["*", "aiProviders:*", "aiProviders:" + action]
                return statement.actions.contains { actions.contains($0) }
                    && statement.resources.contains { ["*", project + "/*", name].contains($0) }
            }
            return statements.contains { $0.isAllow && matches($0) }
                && !statements.contains { !$0.isAllow && matches($0) }
        }
    }

    static let projects = ["acme", "empty", "labs"]
    let tokens: [Token]

    /// Draws policies for some tokens over the names of providers.
    init(count: Int, over names: [String], using generator: inout SeededGenerator) {
        let actions = [
            "*", "aiProviders:*", "aiProviders:ListAiProviders", "aiProviders:GetAiProvider",
            "aiProviders:CreateAiProvider", "aiProviders:UpdateAiProvider", "aiProviders:DeleteAiProvider",
        ]
        let resources = ["*", "acme/*", "labs/*"] + names
        tokens = (0..<count).map { number in
            let statements = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                Statement(
                    isAllow: Int.random(in: 0..<3, using: &generator) > 0,
                    actions: Self.some(of: actions, using: &generator),
                    resources: Self.some(of: resources, using: &generator)
                )
            }
            let isLocked = Int.random(in: 0..<4, using: &generator) == 0
            let lock = isLocked ? Self.projects.randomElement(using: &generator) : nil
            return Token(number: number, statements: statements, lock: lock)
        }
    }

    private static func some(of words: [String], using generator: inout SeededGenerator) -> [String] {
        Array(words.shuffled(using: &generator).prefix(Int.random(in: 1...2, using: &generator)))
    }

    /// The section `access` of `roster.yaml`.
    var section: String {
        var text = "access:\n  policies:\n"
        for token in tokens {
            text += "    p\(token.number):\n"
            for statement in token.statements {
                text += "      - effect: \(statement.isAllow ? "Allow" : "Deny")\n"
                text += "        action: [\(statement.actions.map { "\"\($0)\"" }.joined(separator: ", "))]\n"
                text += "        resource: [\(statement.resources.map { "\"\($0)\"" }.joined(separator: ", "))]\n"
            }
        }
        text += "  tokens:\n"
        for token in tokens {
            let id = "key_" + String(repeating: "k", count: 13) + String(format3: token.number)
            let hash = Digest.blake2b256(of: Array(token.text.utf8).span).hex
            text += "    - {id: \(id), name: t\(token.number), hash: \"\(hash)\", policies: [p\(token.number)]"
            text += (token.lock.map { ", project: \($0)" } ?? "") + "}\n"
        }
        return text
    }

    /// Serves the example of this project, with an empty project and this access.
    func responder() async throws -> (fixture: ResponderFixture, registry: Registry) {
        var files = try ServedRepository.files(isOpen: true)
        let roster = String(decoding: files[0].bytes, as: UTF8.self).replacing(
            "\nsealingKeys:",
            with: "\n  empty:\n    id: proj_emptyemptyemptye\n    name: Empty\nsealingKeys:"
        )
        files[0].bytes = Array((roster + section).utf8)
        return try await ResponderFixture.serving(files)
    }
}

extension String {
    /// Creates a number of three digits.
    fileprivate init(format3 number: Int) {
        self = String(repeating: "0", count: 3 - String(number).count) + String(number)
    }
}
