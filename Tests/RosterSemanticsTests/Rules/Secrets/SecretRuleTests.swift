import RosterDiagnostics
import RosterFrontend
import RosterTestSupport
import Testing

@testable import RosterSemantics

@Suite("rotation-due")
struct RotationDueTests {
    private static func repository(_ lines: String, today: String = "2026-11-24") async throws -> TestRepository {
        try await TestRepository(
            [
                "roster.yaml": Sample.roster(), "providers/acme/p.yaml": Sample.provider(1, secret: "s"),
                "secrets/acme/s.yaml": Sample.secret(1, lines),
            ],
            today: today
        )
    }

    @Test(arguments: ["2026-11-23", "2025-12-31", "0000-01-01"])
    func reportsADateInThePast(_ date: String) async throws {
        let test = try await Self.repository("rotateBy: \(date)\n")
        let finding = try test.finding(of: RotationDue.self)
        #expect(test.place(finding.place) == "secrets/acme/s.yaml:6: \(date)")
        #expect(finding.message == "this key was to be changed by \(date)")
        #expect(finding.help == "make a new key at the provider, then: roster secret set acme/s")
        #expect(finding.severity == .warning)
        #expect(test.findings.count == 1)
    }

    @Test(arguments: [
        "rotateBy: 2026-11-24\n", "rotateBy: 2026-11-25\n", "rotateBy: 9999-12-31\n", "", "rotateBy:\n",
        "rotateBy: 2020-02-30\n", "rotateBy: [2020-01-01]\n",
    ])
    func acceptsOtherValues(_ lines: String) async throws {
        let test = try await Self.repository(lines)
        #expect(test.findings.isEmpty, "\(test.report)")
    }

    @Test func comparesWithTheDayOfTheCheck() async throws {
        #expect(try await Self.repository("rotateBy: 2030-01-31\n", today: "2030-01-31").findings.isEmpty)
        #expect(try await Self.repository("rotateBy: 2030-01-31\n", today: "2030-02-01").findings.count == 1)
    }
}

@Suite("duplicate-box")
struct DuplicateBoxTests {
    /// Returns a repository with secrets, given by the keys and numbers of their boxes.
    private static func repository(_ secrets: [[(key: Int, box: Int)]]) async throws -> TestRepository {
        var texts = ["roster.yaml": Sample.roster(keys: (1...3).map { Sample.key($0) }.joined())]
        for (number, boxes) in secrets.enumerated() {
            texts["secrets/acme/s\(number).yaml"] = Sample.secret(number, boxes: boxes)
            texts["providers/acme/p\(number).yaml"] = Sample.provider(number, secret: "s\(number)")
        }
        return try await TestRepository(texts)
    }

    private static func box(_ secret: Int, _ position: Int, _ number: Int) -> String {
        "secrets/acme/s\(secret).yaml:\(8 + 2 * position): \(Sample.box(number))"
    }

    private static func key(_ secret: Int, _ position: Int, _ number: Int) -> String {
        "secrets/acme/s\(secret).yaml:\(7 + 2 * position): \(Sample.keyID(number))"
    }

    @Test func reportsABoxOfAnotherSecret() async throws {
        let test = try await Self.repository([[(1, 10), (2, 11)], [(1, 20), (2, 10)], [(1, 10)]])
        let found = test.findings(of: DuplicateBox.self)
        #expect(found.map { test.place($0.place) } == [Self.box(1, 1, 10), Self.box(2, 0, 10)])
        for finding in found {
            #expect(finding.message == "this box was copied from another place")
            #expect(finding.related.map { $0.message } == ["the other box"])
            #expect(finding.related.map { test.place($0.place) } == [Self.box(0, 0, 10)])
        }
    }

    @Test func reportsABoxTwiceInOneSecret() async throws {
        let test = try await Self.repository([[(1, 10), (2, 10)]])
        let finding = try test.finding(of: DuplicateBox.self)
        #expect(test.place(finding.place) == Self.box(0, 1, 10))
        #expect(finding.related.map { test.place($0.place) } == [Self.box(0, 0, 10)])
    }

    @Test func comparesTheFirst32BytesOnly() async throws {
        // The same ephemeral key with another ciphertext.
        let one = Sample.secret(1, boxes: [(1, 10)])
        let text = Sample.secret(2, boxes: [(1, 10)]).replacing("BBBBA==", with: "BBCBA==")
        #expect(text != Sample.secret(2, boxes: [(1, 10)]))
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(), "secrets/acme/a.yaml": one, "secrets/acme/b.yaml": text,
        ])
        #expect(test.findings(of: DuplicateBox.self).count == 1)
    }

    @Test func reportsTwoBoxesForOneKey() async throws {
        let test = try await Self.repository([[(1, 10), (2, 11), (1, 12), (1, 13)]])
        let found = test.findings(of: DuplicateBox.self)
        #expect(found.map { test.place($0.place) } == [Self.key(0, 2, 1), Self.key(0, 3, 1)])
        for finding in found {
            #expect(finding.message == "this secret has two boxes for \(Sample.keyID(1))")
            #expect(finding.related.map { $0.message } == ["the first"])
            #expect(finding.related.map { test.place($0.place) } == [Self.key(0, 0, 1)])
        }
    }

    @Test func acceptsBoxesThatDiffer() async throws {
        let test = try await Self.repository([[(1, 10), (2, 11)], [(1, 12), (2, 13)]])
        #expect(test.findings(of: DuplicateBox.self).isEmpty)
    }

    @Test("A random box is reported when an earlier one has the same bytes")
    func reportsRandomBoxes() async throws {
        var random = SeededGenerator()
        for _ in 0..<6 {
            let secrets = (0..<4).map { _ in (1...3).map { (key: $0, box: Int.random(in: 1...12, using: &random)) } }
            var first: [Int: String] = [:]
            var expected: [String] = []
            for (number, boxes) in secrets.enumerated() {
                for (position, box) in boxes.enumerated() {
                    let place = Self.box(number, position, box.box)
                    if let earlier = first[box.box] {
                        expected.append("\(place) after \(earlier)")
                    } else {
                        first[box.box] = place
                    }
                }
            }
            let test = try await Self.repository(secrets)
            let found = test.findings(of: DuplicateBox.self).map { finding in
                "\(test.place(finding.place)) after \(finding.related.map { test.place($0.place) }.joined())"
            }
            #expect(found == expected)
        }
    }
}
