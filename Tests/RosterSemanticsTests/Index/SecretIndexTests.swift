import RosterFrontend
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterSemantics

@Suite("The index of secrets")
struct SecretIndexTests {
    @Test func findsSecretsByProjectAndHandle() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(["acme", "beta"]),
            "secrets/acme/a.yaml": Sample.secret(1),
            "secrets/acme/b.yaml": Sample.secret(2),
            "secrets/beta/a.yaml": Sample.secret(3),
        ])
        let index = test.repository.index
        #expect(index.positions(in: "acme") == ["a": 0, "b": 1])
        #expect(index.positions(in: "beta") == ["a": 2])
        #expect(index.positions(in: "gamma").isEmpty)
        let ids = index.secrets.compactMap { $0.value.id?.value.description }
        #expect(ids == [1, 2, 3].map { Sample.id("sec_", $0) })
    }

    @Test func skipsBrokenFilesAndMarksTheirHandles() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(),
            "secrets/acme/a.yaml": Sample.secret(1),
            "secrets/acme/b.yaml": Sample.broken,
            "secrets/acme/c.yaml": Sample.secret(3),
        ])
        #expect(test.repository.index.positions(in: "acme") == ["a": 0, "b": -1, "c": 1])
        #expect(test.repository.secrets.map(\.value.file) == [1, 3])
    }

    @Test func marksFilesThatWereNotRead() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(), "secrets/acme/a.yaml": Sample.secret(1),
            "secrets/acme/b.yaml": Sample.secret(2),
        ])
        let index = SecretIndex(test.repository.index.projects, secrets: [.unread, test.files[2]])
        #expect(index.positions(in: "acme") == ["a": -1, "b": 0])
        #expect(index.secrets.map(\.value.file) == [2])
    }

    @Test func returnsTheSecretOfALink() async throws {
        let test = try await TestRepository([
            "roster.yaml": Sample.roster(), "secrets/acme/a.yaml": Sample.secret(1),
            "secrets/acme/b.yaml": Sample.secret(2),
        ])
        let index = test.repository.index
        #expect(index.secret(at: .secret(1))?.value.file == 2)
        #expect(index.secret(at: .nowhere) == nil)
        #expect(index.secret(at: .broken) == nil)
    }

    @Test("Every secret of a random repository has its position among the readable ones")
    func positions() async throws {
        var random = SeededGenerator()
        for _ in 0..<4 {
            var texts = ["roster.yaml": Sample.roster()]
            var names: [(project: String, handle: String, isBroken: Bool)] = []
            for project in ["a", "a-b", "b", "b0"] {
                for handle in ["x", "x-y", "x0", "y", "z"] where Int.random(in: 0..<3, using: &random) > 0 {
                    let isBroken = Int.random(in: 0..<4, using: &random) == 0
                    let text = isBroken ? Sample.broken : Sample.secret(names.count)
                    texts["secrets/\(project)/\(handle).yaml"] = text
                    names.append((project, handle, isBroken))
                }
            }
            let index = try await TestRepository(texts).repository.index
            var expected: [String: [String: Int]] = [:]
            var count = 0
            for name in names {
                expected[name.project, default: [:]][name.handle] = name.isBroken ? -1 : count
                count += name.isBroken ? 0 : 1
            }
            for project in ["a", "a-b", "b", "b0", "c"] {
                #expect(index.positions(in: project) == expected[project] ?? [:])
            }
            #expect(index.secrets.count == count)
        }
    }
}
