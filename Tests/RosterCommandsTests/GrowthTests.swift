import Foundation
import RosterCompiler
import RosterFrontend
import RosterTestSupport
import Testing

/// The repeatable elements of a file, each with repositories that have a number of them.
enum RepeatedElement: String, CaseIterable {
    case tokens, policies, policiesOfATokenEach, policiesOfOneToken, statements, denials, resources, deniedProjects
    case unknownPolicies, unknownProjects, unknownResources, unknownResourceProjects, unknownSecrets, unknownActions
    case projects, sealingKeys, config, nestedConfig, invalidConfig, suppressions, usedSuppressions
    case unknownSuppressions, unknownFields, duplicateKeys, duplicateTokens, duplicateProviders, tokensOnOneLine
    case namedKeys, keyShapes, providers, invalidNames, secretsOfOneID

    private static let top = "roster: 1\nprojects:\n  acme:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme\n"
    private static let reader = "    reader:\n      - {effect: Allow, action: [\"*\"], resource: [\"acme/*\"]}\n"

    /// The files of the base.
    static let base = [
        "roster.yaml": top, "providers/acme/local.yaml": provider(0, "ollama"),
    ]

    private static func digits(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    private static func provider(_ number: Int, _ slug: String, _ rest: String = "") -> String {
        "id: aip_\(digits(number))\nname: Provider \(number)\nprovider: \(slug)\ndefaultModel: m\n\(rest)"
    }

    private static func token(_ number: Int, _ policies: String, _ rest: String = "") -> String {
        let hash = String(repeating: "0", count: 48) + digits(number)
        return "{id: key_\(digits(number)), name: T \(number), hash: \"\(hash)\", policies: [\(policies)]\(rest)}"
    }

    private static func access(_ policies: [String], _ tokens: [String]) -> String {
        top + "access:\n  policies:\n" + (policies.isEmpty ? reader : policies.joined()) + "  tokens:\n"
            + tokens.map { "    - \($0)\n" }.joined()
    }

    private static func policy(_ name: String, _ statements: [String]) -> String {
        "    \(name):\n" + statements.map { "      - \($0)\n" }.joined()
    }

    private static func statement(_ resources: String, _ effect: String = "Allow", _ action: String = "\"*\"") -> String
    {
        "{effect: \(effect), action: [\(action)], resource: [\(resources)]}"
    }

    private static func projects(_ count: Int, _ comment: String = "") -> String {
        top + (0..<count).map { "\(comment)  project\($0):\n    id: proj_\(digits($0))\n    name: Project\n" }.joined()
    }

    /// The files that differ from the base.
    func files(_ count: Int) -> [String: String] {
        let all = 0..<count
        func roster(_ text: String) -> [String: String] { ["roster.yaml": text] }
        func providers(_ text: (Int) -> String) -> [String: String] {
            Dictionary(uniqueKeysWithValues: all.map { ("providers/acme/provider\($0).yaml", text($0)) })
        }
        func policies(_ statement: (Int) -> String) -> [String] { all.map { Self.policy("p\($0)", [statement($0)]) } }
        let own = Self.statement("\"acme/*\"")
        let one = [Self.token(1, "reader")]
        switch self {
        case .tokens: return roster(Self.access([], all.map { Self.token($0, "reader") }))
        case .policies: return roster(Self.access(policies { _ in own }, []))
        case .policiesOfATokenEach:
            let named = policies { Self.statement("acme/provider\($0)") }
            return roster(Self.access(named, all.map { Self.token($0, "p\($0)") })).merging(
                providers { Self.provider($0 + 1, "ollama") }
            ) { $1 }
        case .policiesOfOneToken:
            let names = all.map { "p\($0)" }.joined(separator: ", ")
            return roster(Self.access(policies { _ in own }, [Self.token(1, names)]))
        case .statements: return roster(Self.access([Self.policy("reader", all.map { _ in own })], one))
        case .denials:
            let denial = Self.statement("acme/local", "Deny", "aiProviders:GetAiProvider")
            return roster(Self.access([Self.policy("reader", all.map { _ in denial })], one))
        case .resources:
            let names = all.map { "acme/provider\($0)" }.joined(separator: ", ")
            let text = Self.access([Self.policy("reader", [Self.statement(names)])], one)
            return roster(text).merging(providers { Self.provider($0 + 1, "ollama") }) { $1 }
        case .deniedProjects:
            let denials = all.map { Self.statement("project\($0)/*", "Deny", "aiProviders:GetAiProvider") }
            return roster(Self.access([Self.policy("reader", denials)], one))
        case .unknownPolicies:
            return roster(Self.access(policies { _ in own }, all.map { Self.token($0, "q\($0)") }))
        case .unknownProjects:
            let tokens = all.map { Self.token($0, "reader", ", project: projekt\($0)") }
            let text = Self.access([], tokens).dropFirst(Self.top.count)
            return roster(Self.projects(count) + text)
        case .unknownResources:
            return roster(Self.access(policies { Self.statement("acme/provieder\($0)") }, [])).merging(
                providers { Self.provider($0 + 1, "ollama") }
            ) { $1 }
        case .unknownResourceProjects:
            let text = Self.access(policies { Self.statement("projekt\($0)/*") }, []).dropFirst(Self.top.count)
            return roster(Self.projects(count) + text)
        case .unknownSecrets:
            return providers { Self.provider($0 + 1, "openai", "secret: sekret\($0)\n") }.merging(
                Dictionary(uniqueKeysWithValues: all.map { ("secrets/acme/secret\($0).yaml", "id: sec_1\n") })
            ) { $1 }
        case .unknownActions: return roster(Self.access(policies { Self.statement("\"*\"", "Allow", "Act\($0)") }, []))
        case .projects: return roster(Self.projects(count))
        case .sealingKeys:
            let key = "publicKey: 45mJiRDhoTLio5lyNwC5/yBj6QyTvINhR+cFBC5vCTY=, name: Key}"
            return roster(
                Self.top + "sealingKeys:\n"
                    + all.map { "  - {id: rk_\(Self.digits($0))\(Self.digits(0)), \(key)\n" }.joined()
            )
        case .config:
            let keys = all.map { "  k\($0): \($0)\n" }.joined()
            return ["providers/acme/local.yaml": Self.provider(0, "ollama", "config:\n" + keys)]
        case .nestedConfig:
            let keys = all.map { "k\($0): {a: [{c: 1}]}" }.joined(separator: ", ")
            return ["providers/acme/local.yaml": Self.provider(0, "ollama", "config: {\(keys)}\n")]
        case .invalidConfig:
            let keys = all.map { "  k: \($0)\n" }.joined()
            return ["providers/acme/local.yaml": Self.provider(0, "ollama", "config:\n" + keys)]
        case .suppressions: return roster(all.map { "# roster:allow unused-secret reason \($0)\n" }.joined() + Self.top)
        case .usedSuppressions: return roster(Self.projects(count, "  # roster:allow empty-project reason\n"))
        case .unknownSuppressions:
            return roster(all.map { "# roster:allow unused-sekret\($0) r\n" }.joined() + Self.top)
        case .unknownFields: return roster(Self.top + all.map { "extra\($0): 1\n" }.joined())
        case .duplicateKeys: return roster(Self.access(all.map { _ in Self.reader }, one))
        case .duplicateTokens: return roster(Self.access([], all.map { _ in one[0] }))
        case .duplicateProviders: return providers { _ in Self.provider(1, "ollama") }
        case .tokensOnOneLine:
            let tokens = all.map { Self.token($0, "p\($0)") }.joined(separator: ", ")
            return roster(Self.top + "access: {policies: {}, tokens: [\(tokens)]}\n")
        case .namedKeys:
            return roster(Self.top + "x: {" + all.map { "apiKey\($0): abc\($0)" }.joined(separator: ", ") + "}\n")
        case .keyShapes:
            return roster(Self.top + "# " + all.map { "sk-proj-abcdefghijklmnop\($0)" }.joined(separator: " "))
        case .providers: return providers { Self.provider($0 + 1, "ollama") }
        case .invalidNames:
            return Dictionary(
                uniqueKeysWithValues: all.map { ("providers/acme/Bad \($0).yaml", Self.provider($0 + 1, "ollama")) }
            )
        case .secretsOfOneID:
            return Dictionary(
                uniqueKeysWithValues: all.map { ("secrets/acme/s\($0).yaml", RuleExample.secret) }
            )
        }
    }
}

/// Four times the input may cost at most six times the processor time, which excludes quadratic growth.
@Suite("Cost of commands by the size of their input")
struct GrowthTests {
    private static let count = 500

    /// Returns a repository with a number of one element in the working tree, and almost none in its commit.
    private func repository(_ kind: RepeatedElement, _ count: Int) throws -> ReviewRepository {
        let repository = try ReviewRepository()
        try repository.commit(RepeatedElement.base)
        for (path, text) in kind.files(count) { try repository.folder.write(path, text) }
        return repository
    }

    /// Returns the processor time of a command, in seconds.
    ///
    /// Only the sum of the user's and the system's time is exact: Linux divides it between the two by samples, so
    /// that either can be zero for a command of a few milliseconds.
    private func seconds(_ repository: ReviewRepository, _ command: [String]) throws -> Double {
        let script = "TIMEFORMAT='%U %S'; time \"$0\" \"$@\" > out 2> err; test $? -lt 4"
        let run = try repository.program.tool(["bash", "-c", script, BuiltProgram.path] + command)
        let times = try #require(run.error.split(separator: "\n").last?.split(separator: " "), "\(run.error)")
        try #require(times.count == 2, "\(run.error)")
        return try times.map { try #require(Double($0), "\(run.error)") }.reduce(0, +)
    }

    @Test("The cost is at most linear in the input", .tags(.startsProgram), arguments: RepeatedElement.allCases)
    func grows(kind: RepeatedElement) throws {
        let (small, large) = (try repository(kind, Self.count), try repository(kind, 4 * Self.count))
        for command in [["check"], ["diff", "HEAD", "--format", "markdown"]] {
            // Other load on the machine can only increase a measurement, so the minimum of several is used.
            var times = (Double.infinity, Double.infinity)
            for _ in 0..<4 {
                times.0 = min(times.0, try seconds(small, command))
                times.1 = min(times.1, try seconds(large, command))
                if times.1 <= 6 * times.0 { break }
            }
            #expect(times.0 > 0 && times.1 <= 6 * times.0 + 0.1, "\(kind.rawValue) \(command[0]): \(times)")
        }
    }
}
