import Foundation
import Testing

/// The inputs that the fuzzers start from, and those that once failed, in every run of the tests.
@Suite("Fuzzing corpora")
struct CorpusTests {
    private static let corpora = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Corpora")

    @Test(arguments: FuzzTarget.all.map(\.name))
    func inputsPass(name: String) async throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let check = try await target.prepare()
        let folder = Self.corpora.appending(path: name)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(files.count >= 5)
        for file in files {
            let input = [UInt8](try Data(contentsOf: file))
            await #expect(throws: Never.self, "\(file.lastPathComponent)") { try await check(input) }
        }
    }

    @Test("Every corpus has a target")
    func corporaHaveTargets() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpora.path)
        #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
    }
}
