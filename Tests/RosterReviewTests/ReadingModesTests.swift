import RosterCompiler
import RosterModel
import SeededNumbers
import Testing

@testable import RosterReview

/// A repository of a few files, changed at random: with duplicates, renames, moves, errors and deletions.
private struct RandomRepository {
    private(set) var files: [String: String] = [:]
    private static let projects = ["acme", "labs", "shop"]

    init(_ random: inout SeededGenerator) {
        files["roster.yaml"] = Self.roster(policy: "narrow", change: "")
        for number in 0..<8 { set(secret(number), "secrets", number % 3, number % 4) }
        for number in 0..<12 { set(provider(number, &random), "providers", number % 3, number % 5) }
    }

    private static func roster(policy: String, change: String) -> String {
        var text = "roster: 1\n# \(change)\nprojects:\n"
        for (index, project) in projects.enumerated() {
            text += "  \(project):\n    id: proj_V1StGXR8Z5jdHi\(index)B\n    name: Project \(project)\n"
        }
        text += RuleExample.roster.split(separator: "\n", omittingEmptySubsequences: false).suffix(5)
            .joined(separator: "\n")
        return text + """
            access:
              policies:
                wide:
                  - {effect: Allow, action: ["*"], resource: ["*"]}
                narrow:
                  - {effect: Allow, action: [aiProviders:GetAiProvider], resource: ["acme/*", "labs/h1"]}
                  - {effect: Deny, action: ["*"], resource: ["acme/h2"]}
              tokens:
                - id: key_q2Wm9ZtL5rYb7KsV
                  name: dashboard
                  hash: 5d0c8b7a6f5e4d3c2b1a09f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8
                  policies: [\(policy)]

            """
    }

    private mutating func set(_ text: String, _ folder: String, _ project: Int, _ handle: Int) {
        files["\(folder)/\(Self.projects[project])/h\(handle).yaml"] = text
    }

    private func secret(_ id: Int) -> String {
        RuleExample.secret.replacing("sec_J8sPq2LmN4tRvX6z", with: "sec_J8sPq2LmN4tRvX\(10 + id)")
    }

    private func provider(_ id: Int, _ random: inout SeededGenerator) -> String {
        let host = ["api.openai.com", "eu.api.openai.com"][Int.random(in: 0..<2, using: &random)]
        return """
            id: aip_8QzKx0vT2mWb4N\(10 + id)
            name: Provider \(Int.random(in: 0..<9, using: &random))
            provider: openai
            defaultModel: gpt-4o
            secret: h\(Int.random(in: 0..<4, using: &random))
            baseUrl: https://\(host)/v1

            """
    }

    /// Makes one change.
    mutating func change(_ random: inout SeededGenerator) {
        func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
        let records = files.keys.filter { $0 != "roster.yaml" }.sorted()
        guard let path = records.randomElement(using: &random), let other = records.randomElement(using: &random) else {
            return
        }
        let folder = path.hasPrefix("secrets") ? "secrets" : "providers"
        let place = "\(folder)/\(Self.projects[number(3)])/h\(number(6)).yaml"
        switch number(13) {
        case 0: files[path] = nil
        // A copy has the id of what it was copied from.
        case 1, 2: files[place] = files[path]
        case 3, 4: files[place] = files.removeValue(forKey: path)
        case 5: (files[path], files[other]) = (files[other], files[path])
        case 6: files[path]?.append("# \(number(100))\n")
        case 7: files[path] = "id: [\n"
        case 8: files[path]?.append("unknown: \(number(9))\n")
        case 9: files[place] = folder == "secrets" ? secret(number(12)) : provider(number(16), &random)
        case 10: files[path] = files[path]?.replacing("secret: h", with: "secret: h\(number(2))")
        case 11: files["roster.yaml"] = Self.roster(policy: ["wide", "narrow"][number(2)], change: "\(number(9))")
        default: files["roster.yaml"] = number(4) == 0 ? nil : files["roster.yaml"]
        }
    }
}

@Suite("Both ways of reading a review")
struct ReadingModesTests {
    private func rows(
        _ base: [String: String],
        _ head: [String: String],
        limit: Int
    ) async throws -> (changes: [Change], links: [Review.SecretLinks], added: Set<String>) {
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781)))
        let reader = ReviewReader(compiler: compiler, pathPrefix: "", wantsLinks: true, completeLimit: limit)
        let sides = [base, head].map { IdentifiedTree($0) }.map { ReviewSource(tree: $0, top: $0) }
        let read = try await reader.read(base: sides[0], head: sides[1])
        let comparison = Comparison(base: read.base, head: read.head, isHistoryComplete: false)
        let changes = comparison.changes()
        let added = Comparison.addedSecrets(base: read.base, head: read.head)
        return (changes, comparison.links(of: changes), added)
    }

    @Test("Reading what changed gives the rows of reading everything, for every head")
    func sameRows() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        var risks: Set<Risk> = []
        for round in 0..<150 {
            var repository = RandomRepository(&random)
            // The base may have errors and duplicates of its own.
            for _ in 0..<Int.random(in: 0..<5, using: &random) { repository.change(&random) }
            let base = repository.files
            for _ in 0..<Int.random(in: 1..<7, using: &random) { repository.change(&random) }
            let head = repository.files
            guard base["roster.yaml"] != nil || head["roster.yaml"] != nil else { continue }
            let (part, whole) = (
                try await rows(base, head, limit: 0), try await rows(base, head, limit: 1_000)
            )
            risks.formUnion(whole.changes.map(\.risk))
            #expect(part.links == whole.links, "seed \(seed), round \(round)")
            #expect(part.added == whole.added, "seed \(seed), round \(round)")
            guard part.changes != whole.changes else { continue }
            Issue.record("seed \(seed), round \(round):\n\(part.changes)\n\(whole.changes)")
            break
        }
        #expect(risks == Set(Risk.allCases))
    }

    @Test("A second file with the id of a secret that was not read is added, and asked about in the history")
    func copiedSecret() async throws {
        var base = TextOnly.example.base
        base["secrets/acme/other.yaml"] = RiskExample.secondSecret
        var head = base
        head["secrets/acme/copy.yaml"] = base[RiskExample.secret]
        for limit in [0, 1_000] {
            let read = try await rows(base, head, limit: limit)
            #expect(read.added == ["sec_J8sPq2LmN4tRvX6z"])
            #expect(read.changes.map(\.path) == ["secrets/acme/copy.yaml"] && read.changes[0].risk == .critical)
        }
    }
}
