import Foundation
import RosterCompiler
import RosterFrontend
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterReview

/// The records of a `roster.yaml`, as numbers that can be changed at random.
private struct RandomRoster {
    static let projects = ["acme", "labs", "shop"]
    private static let resources = [
        "\"acme/*\", \"labs/h1\"", "\"labs/*\", \"acme/h3\"", "\"acme/h0\", \"acme/h1\", \"shop/h4\"", "\"*\"",
    ]

    private var ids = [0, 1, 2]
    private var handles = RandomRoster.projects
    private var policies = "narrow"
    private var lock = ""
    private var resource = 0
    private var denied = "acme/h2"
    private var note = 0
    private var isRetired = false
    private var hasAccess = true

    mutating func change(_ random: inout SeededGenerator) {
        func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
        switch number(10) {
        case 0: ids.swapAt(number(3), number(3))
        case 1: ids[number(3)] = number(6)
        case 2: handles[number(3)] = (Self.projects + ["new"])[number(4)]
        case 3: policies = ["narrow", "wide", "narrow, wide", ""][number(4)]
        case 4: lock = ["", ", project: acme", ", project: labs"][number(3)]
        case 5: resource = number(Self.resources.count)
        case 6: denied = "\(Self.projects[number(3)])/h\(number(6))"
        case 7: isRetired.toggle()
        case 8: hasAccess.toggle()
        default: note = number(9)
        }
    }

    var text: String {
        var text = "roster: 1\n# \(note)\nprojects:\n"
        for (id, handle) in zip(ids, handles) {
            text += "  \(handle):\n    id: proj_V1StGXR8Z5jdHi\(id)B\n    name: Project \(handle)\n"
        }
        text += RuleExample.roster.split(separator: "\n", omittingEmptySubsequences: false).suffix(5)
            .joined(separator: "\n")
        if isRetired {
            text = text.replacing("    name: Roster, production", with: "    name: Other\n    retired: true")
        }
        guard hasAccess else { return text }
        return text + """
            access:
              policies:
                wide:
                  - {effect: Allow, action: ["*"], resource: ["*"]}
                narrow:
                  - {effect: Allow, action: [aiProviders:GetAiProvider], resource: [\(Self.resources[resource])]}
                  - {effect: Deny, action: ["*"], resource: [\(denied)]}
              tokens:
                - id: key_q2Wm9ZtL5rYb7KsV
                  name: dashboard
                  hash: 5d0c8b7a6f5e4d3c2b1a09f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8
                  policies: [\(policies)]
                - id: key_q2Wm9ZtL5rYb7KsW
                  name: reader
                  hash: 6d0c8b7a6f5e4d3c2b1a09f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8
                  policies: [narrow]

            """
    }
}

/// A repository of a few files, changed at random: with duplicates, renames, moves, errors and deletions.
private struct RandomRepository {
    private(set) var files: [String: String] = [:]
    private var roster = RandomRoster()
    private static let projects = RandomRoster.projects

    init(_ random: inout SeededGenerator) {
        files["roster.yaml"] = roster.text
        for number in 0..<8 { set(secret(number), "secrets", number % 3, number % 4) }
        for number in 0..<12 { set(provider(number, &random), "providers", number % 3, number % 5) }
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
            defaultModel: gpt-5.6
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
        switch number(18) {
        case 0: files[path] = nil
        // A copy has the id of its original.
        case 1, 2: files[place] = files[path]
        case 3, 4: files[place] = files.removeValue(forKey: path)
        case 5: (files[path], files[other]) = (files[other], files[path])
        case 6: files[path]?.append("# \(number(100))\n")
        case 7: files[path] = "id: [\n"
        case 8: files[path]?.append("unknown: \(number(9))\n")
        case 9: files[place] = folder == "secrets" ? secret(number(12)) : provider(number(16), &random)
        case 10: files[path] = files[path]?.replacing("secret: h", with: "secret: h\(number(2))")
        case 11, 12, 13:
            roster.change(&random)
            if files["roster.yaml"] != nil { files["roster.yaml"] = roster.text }
        case 14:
            let name = ["Bad Name.yaml", "h\(number(3)).yml", "sub/a.yaml", "README.md"][number(4)]
            files["\(folder)/\(Self.projects[number(3)])/\(name)"] = "x\n"
        case 15:
            let part = [("generation: 1", "generation: 2"), ("api.openai.com", "*.openai.com"), ("id: ", "idd: ")][
                number(3)
            ]
            files[path] = files[path]?.replacing(part.0, with: part.1)
        // Two ids are exchanged.
        case 16:
            guard let one = files[path].map(Self.id), let two = files[other].map(Self.id), one != two else { return }
            if path.split(separator: "/")[0] == other.split(separator: "/")[0] {
                files[path] = files[path]?.replacing(one, with: two)
                files[other] = files[other]?.replacing(two, with: one)
            }
        default:
            let broken = "roster: 1\nprojects: [\n"
            files["roster.yaml"] = [nil, broken, roster.text, roster.text][number(4)]
        }
    }

    private static func id(_ text: String) -> String {
        text.split(separator: "\n").first { $0.hasPrefix("id: ") }.map(String.init) ?? "id: none"
    }
}

@Suite("Both ways of reading a review")
struct ReadingModesTests {
    private func rows(
        _ base: [String: String],
        _ head: [String: String],
        tip: [String: String]? = nil,
        limit: Int
    ) async throws -> (changes: [Change], links: [Review.SecretLinks], added: Set<String>, errors: Int) {
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781)))
        let reader = ReviewReader(compiler: compiler, pathPrefix: "", wantsLinks: true, completeLimit: limit)
        let sides = [base, head].map { IdentifiedTree($0) }.map { ReviewSource(tree: $0, top: $0) }
        let read = try await reader.read(base: sides[0], head: sides[1])
        var trusted: ReviewedTree?
        if let tip = tip.map({ IdentifiedTree($0) }) {
            let paths = Comparison.changedSecretPaths(base: read.base, head: read.head)
            trusted = try await reader.read(ReviewSource(tree: tip, top: tip), records: paths)
        }
        let comparison = Comparison(base: read.base, head: read.head, tip: trusted, isHistoryComplete: false)
        let changes = comparison.changes()
        let added = Comparison.addedSecrets(base: read.base, head: read.head)
        return (changes, comparison.links(of: changes), added, read.head.errorCount(notIn: read.base))
    }

    @Test("Reading what changed gives the rows of reading everything, for every head")
    func sameRows() async throws {
        let seed = TestSeed.of()
        var random = SeededGenerator(seed: seed)
        var risks: Set<Risk> = []
        for round in 0..<200 {
            var repository = RandomRepository(&random)
            // The base may also have errors and duplicates.
            for _ in 0..<Int.random(in: 0..<5, using: &random) { repository.change(&random) }
            let base = repository.files
            // In every other round the target branch has moved.
            var target = repository
            for _ in 0..<Int.random(in: 0..<5, using: &random) { target.change(&random) }
            let tip = round % 2 == 0 ? nil : target.files
            for _ in 0..<Int.random(in: 1..<7, using: &random) { repository.change(&random) }
            let head = repository.files
            guard base["roster.yaml"] != nil || head["roster.yaml"] != nil else { continue }
            let (part, whole) = (
                try await rows(base, head, tip: tip, limit: 0), try await rows(base, head, tip: tip, limit: 1_000)
            )
            risks.formUnion(whole.changes.map(\.risk))
            #expect(part.links == whole.links, "seed \(seed), round \(round)")
            #expect(part.added == whole.added, "seed \(seed), round \(round)")
            // Errors in unchanged files are not found when only changed files are read.
            #expect((part.errors == 0) == (whole.errors == 0) || whole.errors > 0, "seed \(seed), round \(round)")
            guard part.changes != whole.changes else { continue }
            Issue.record("seed \(seed), round \(round):\n\(part.changes)\n\(whole.changes)")
            break
        }
        #expect(risks == Set(Risk.allCases))
    }

    @Test("A second file with the id of a secret that was not read counts as added, and is looked up in the history")
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
