import RosterFrontend
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterSemantics

@Suite("duplicate-id")
struct DuplicateIDTests {
    private static func id(_ prefix: String, _ number: Int) -> String { Sample.id(prefix, number) }

    @Test func reportsALaterProviderAndOffersAnID() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(),
            "providers/acme/a.yaml": Sample.provider(1),
            "providers/acme/b.yaml": "# A copy.\n" + Sample.provider(1, name: "Copy"),
            "providers/acme/c.yaml": Sample.provider(2),
        ])
        let finding = try test.finding(of: DuplicateID.self)
        #expect(test.place(finding.place) == "providers/acme/b.yaml:2: \(Self.id("aip_", 1))")
        #expect(finding.message == "the id \(Self.id("aip_", 1)) is already in use")
        #expect(finding.related.map { $0.message } == ["first used here"])
        #expect(finding.related.map { test.place($0.place) } == ["providers/acme/a.yaml:1: \(Self.id("aip_", 1))"])
        let fresh = try #require(finding.freshID)
        #expect(fresh.prefix.description == "aip_" && fresh.isSafe)
        #expect(test.findings.count == 1)
    }

    @Test func comparesProvidersOfAllProjectsByPath() async throws {
        // The path `a-b/…` precedes `a/…`, although the handle `a` precedes `a-b`.
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(["a", "a-b", "b"]),
            "providers/a/x.yaml": Sample.provider(1),
            "providers/a-b/x.yaml": Sample.provider(1, name: "Two"),
            "providers/b/x.yaml": Sample.provider(1, name: "Three"),
        ])
        let found = test.findings(of: DuplicateID.self)
        #expect(
            test.places(of: DuplicateID.self) == ["a", "b"].map { "providers/\($0)/x.yaml:1: \(Self.id("aip_", 1))" }
        )
        for finding in found {
            let related = finding.related.map { test.place($0.place) }
            #expect(related == ["providers/a-b/x.yaml:1: \(Self.id("aip_", 1))"])
        }
    }

    @Test func comparesSecretsAndOffersNoID() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(["acme", "beta"]),
            "secrets/acme/a.yaml": Sample.secret(1, keys: [1]),
            "secrets/beta/b.yaml": Sample.secret(1, hosts: "api.openai.com, api.x.ai", boxes: [(1, 500)]),
        ])
        let finding = try test.finding(of: DuplicateID.self)
        #expect(test.place(finding.place) == "secrets/beta/b.yaml:1: \(Self.id("sec_", 1))")
        #expect(finding.related.map { test.place($0.place) } == ["secrets/acme/a.yaml:1: \(Self.id("sec_", 1))"])
        #expect(finding.freshID == nil)
        let command = "roster secret set beta/b --host api.openai.com --host api.x.ai"
        #expect(finding.help?.hasSuffix("seal the key again where it is needed: \(command)") == true)
    }

    @Test func namesNoHostOfASecretWithARefusedOne() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(),
            "secrets/acme/a.yaml": Sample.secret(1),
            "secrets/acme/b.yaml": Sample.secret(1, hosts: "api.openai.com, \"not a host\"", boxes: [(1, 500)]),
        ])
        let finding = try test.finding(of: DuplicateID.self)
        #expect(finding.help?.hasSuffix("roster secret set acme/b --host HOST") == true)
    }

    @Test func comparesProjects() async throws {
        let entries = [("acme", 1), ("beta", 2), ("gamma", 1)].map {
            "  \($0): {id: \(Self.id("proj_", $1)), name: N}\n"
        }
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(projects: entries.joined()),
            "providers/acme/a.yaml": Sample.provider(1), "providers/beta/a.yaml": Sample.provider(2),
            "providers/gamma/a.yaml": Sample.provider(3),
        ])
        let finding = try test.finding(of: DuplicateID.self)
        #expect(test.place(finding.place) == "roster.yaml:5: \(Self.id("proj_", 1))")
        #expect(finding.related.map { test.place($0.place) } == ["roster.yaml:3: \(Self.id("proj_", 1))"])
        let fresh = try #require(finding.freshID)
        #expect(fresh.prefix.description == "proj_" && !fresh.isSafe)
        guard case .project("gamma") = fresh.binding else {
            Issue.record("\(fresh.binding)")
            return
        }
    }

    @Test func comparesTokensAndTheirHashes() async throws {
        let tokens = Sample.token(1, hash: 1) + Sample.token(1, hash: 2) + Sample.token(3, hash: 1)
        let test = try await TestRepository([
            "roster.yaml": Sample.roster([], keys: "", access: Sample.access(tokens: tokens)).replacing(
                "projects:",
                with: "projects: {}"
            )
        ])
        let found = test.findings(of: DuplicateID.self)
        #expect(
            found.map { test.place($0.place) } == [
                "roster.yaml:9: \(Self.id("key_", 1))", "roster.yaml:15: \(Sample.hash(1))",
            ]
        )
        #expect(
            found.flatMap(\.related).map { test.place($0.place) } == [
                "roster.yaml:5: \(Self.id("key_", 1))", "roster.yaml:7: \(Sample.hash(1))",
            ]
        )
        #expect(found.map { $0.freshID?.prefix.description } == ["key_", nil])
        #expect(found.last?.message == "two tokens have this hash, so they are the same token")
    }

    @Test func comparesSealingKeysWithTheFirst() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(keys: Sample.key(1) + Sample.key(2) + Sample.key(1) + Sample.key(1)),
            "providers/acme/a.yaml": Sample.provider(1),
        ])
        let id = Sample.keyID(1)
        let found = test.findings(of: DuplicateID.self)
        #expect(found.map { test.place($0.place) } == ["roster.yaml:11: \(id)", "roster.yaml:14: \(id)"])
        #expect(found.allSatisfy { $0.message == "the sealing key \(id) appears twice" })
        #expect(
            found.flatMap(\.related).map { test.place($0.place) } == ["roster.yaml:5: \(id)", "roster.yaml:5: \(id)"]
        )
    }

    @Test func acceptsEqualCharactersAfterDifferentPrefixes() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(access: Sample.access(tokens: Sample.token(1))),
            "providers/acme/a.yaml": Sample.provider(1, secret: "a"),
            "secrets/acme/a.yaml": Sample.secret(1),
        ])
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test(arguments: ["", "id: aip_1\n", "id: [x]\n"])
    func ignoresProvidersWithoutAnID(_ line: String) async throws {
        let text = line + Sample.provider(1).split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(), "providers/acme/a.yaml": text,
            "providers/acme/b.yaml": text.replacing("Provider 1", with: "Provider 2"),
        ])
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test("Every later provider with an id, in the order of paths, is reported with the first")
    func reportsRandomDuplicates() async throws {
        var random = SeededGenerator()
        for _ in 0..<4 {
            var texts = ["roster.yaml": Sample.roster(["a", "a-b", "b"])]
            var numbers: [String: Int] = [:]
            for project in ["a", "a-b", "b"] {
                for handle in ["x", "x-y", "z"] where Int.random(in: 0..<4, using: &random) > 0 {
                    let path = "providers/\(project)/\(handle).yaml"
                    numbers[path] = Int.random(in: 1...4, using: &random)
                    texts[path] = Sample.provider(numbers[path] ?? 0, name: path)
                }
            }
            var expected: [String] = []
            for (path, number) in numbers.sorted(by: { $0.key < $1.key }) {
                let first = numbers.filter { $0.value == number }.keys.min() ?? path
                let id = Self.id("aip_", number)
                if first != path { expected.append("\(path):1: \(id) after \(first):1: \(id)") }
            }
            let test = try await TestRepository(texts)
            let found = test.findings(of: DuplicateID.self).map { finding in
                "\(test.place(finding.place)) after \(finding.related.map { test.place($0.place) }.joined())"
            }
            #expect(found == expected)
        }
    }
}
