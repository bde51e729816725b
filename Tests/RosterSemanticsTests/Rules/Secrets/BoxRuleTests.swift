import RosterDiagnostics
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterSemantics

/// The rules that compare the boxes of a secret with the sealing keys.
@Suite("The rules about boxes and keys")
struct BoxRuleTests {
    /// Returns a repository with active and retired keys, and a secret with a box for each of some keys.
    private static func repository(
        active: [Int],
        retired: [Int] = [],
        boxes: [Int],
        extraKey: String = ""
    ) async throws -> TestRepository {
        let keys = active.map { Sample.key($0) } + retired.map { Sample.key($0, isRetired: true) }
        return try await TestRepository([
            "roster.yaml": Sample.roster(keys: keys.joined() + extraKey),
            "providers/acme/p.yaml": Sample.provider(1, secret: "s"),
            "secrets/acme/s.yaml": Sample.secret(1, keys: boxes),
        ])
    }

    /// Returns the place of the key of a box, by the box's position.
    private static func place(_ position: Int, _ key: Int) -> String {
        "secrets/acme/s.yaml:\(7 + 2 * position): \(Sample.keyID(key))"
    }

    private static let boxesKey = "secrets/acme/s.yaml:6: boxes"

    @Test func acceptsABoxForEachActiveKey() async throws {
        let test = try await Self.repository(active: [1, 2, 3], boxes: [3, 1, 2])
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    // MARK: - unknown-sealing-key

    @Test func reportsABoxForAnUnknownKey() async throws {
        let test = try await Self.repository(active: [1], boxes: [1, 2, 3])
        #expect(
            test.report == [
                "unknown-sealing-key \(Self.place(1, 2))", "unknown-sealing-key \(Self.place(2, 3))",
            ]
        )
        let finding = try #require(test.findings.first)
        #expect(finding.message == "roster.yaml has no sealing key \(Sample.keyID(2))")
        #expect(finding.help == "re-seal the secret to the current keys: roster secret reseal")
    }

    @Test("A box for an unknown key is most likely for the one that seems to be missing")
    func reportsNoMissingBoxNextToAnUnknownKey() async throws {
        let test = try await Self.repository(active: [1, 2], boxes: [1, 3])
        #expect(test.report == ["unknown-sealing-key \(Self.place(1, 3))"])
    }

    // MARK: - retired-sealing-key, stale-box

    @Test func reportsASecretWithBoxesForRetiredKeysOnly() async throws {
        let test = try await Self.repository(active: [1], retired: [2, 3], boxes: [2, 3])
        let finding = try test.finding(of: RetiredSealingKey.self)
        #expect(test.place(finding.place) == Self.boxesKey)
        #expect(finding.message == "every box of this secret is for a retired key")
        // Neither the boxes nor the missing one are reported as well.
        #expect(test.findings.count == 1, "\(test.report)")
    }

    @Test func reportsABoxForARetiredKeyNextToAnother() async throws {
        let test = try await Self.repository(active: [1], retired: [2, 3], boxes: [2, 1, 3])
        #expect(test.report == ["stale-box \(Self.place(0, 2))", "stale-box \(Self.place(2, 3))"])
        let finding = try #require(test.findings.first)
        #expect(finding.message == "\(Sample.keyID(2)) is retired and can still open this box")
        #expect(finding.severity == .warning)
    }

    // MARK: - missing-box

    @Test("At most eight missing keys are named", arguments: [1, 2, 3, 8, 9, 12])
    func namesMissingKeys(count: Int) async throws {
        let test = try await Self.repository(active: Array(1...count + 1), boxes: [1])
        let finding = try test.finding(of: MissingBox.self)
        #expect(test.place(finding.place) == Self.boxesKey)
        var names = (2..<2 + min(count, 8)).map { "\(Sample.keyID($0)) (Key \($0))" }
        if count > 8 { names.append("\(count - 8) more") }
        let text = (names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " : "") + (names.last ?? "")
        #expect(finding.message == "there is no box for \(text)")
        #expect(finding.help == "a user who has an identity must re-seal: roster secret reseal --all")
        #expect(test.findings.count == 1)
    }

    @Test(arguments: ["  - {id: rk_1, name: Broken}\n", "  - 5\n"])
    func ignoresBoxesWhenAKeyCouldNotBeRead(_ entry: String) async throws {
        let test = try await Self.repository(active: [1, 2], retired: [4], boxes: [3, 4], extraKey: entry)
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test(arguments: ["  - {key: rk_1, box: x}\n", "  - 5\n"])
    func ignoresBoxesWhenOneCouldNotBeRead(_ entry: String) async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(keys: Sample.key(1) + Sample.key(2)),
            "providers/acme/p.yaml": Sample.provider(1, secret: "s"),
            "secrets/acme/s.yaml": Sample.secret(1, keys: [1, 3]) + entry,
        ])
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test("The findings at random boxes follow from the sets of keys")
    func reportsRandomBoxes() async throws {
        var random = SeededGenerator()
        for _ in 0..<12 {
            var (active, retired): (Set<Int>, Set<Int>) = ([], [])
            for key in 1...6 {
                switch Int.random(in: 0..<3, using: &random) {
                case 0: active.insert(key)
                case 1: retired.insert(key)
                default: break
                }
            }
            active.insert(7)
            let boxes = Array((1...7).shuffled(using: &random).prefix(Int.random(in: 1...5, using: &random)))
            let test = try await Self.repository(active: active.sorted(), retired: retired.sorted(), boxes: boxes)

            let unknown = boxes.indices.filter { !active.union(retired).contains(boxes[$0]) }
            let stale = boxes.indices.filter { retired.contains(boxes[$0]) }
            var expected = unknown.map { "unknown-sealing-key \(Self.place($0, boxes[$0]))" }
            if stale.count == boxes.count {
                expected.append("retired-sealing-key \(Self.boxesKey)")
            } else {
                expected += stale.map { "stale-box \(Self.place($0, boxes[$0]))" }
                let isMissing = unknown.isEmpty && !active.isSubset(of: boxes)
                if isMissing { expected.append("missing-box \(Self.boxesKey)") }
            }
            #expect(test.report == expected, "active \(active), retired \(retired), boxes \(boxes)")
        }
    }
}
