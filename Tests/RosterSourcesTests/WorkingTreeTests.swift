import Foundation
import Testing

import RosterSources

@Suite("The working tree")
struct WorkingTreeTests {
    @Test("Files are the same with and without their times")
    func times() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "working-tree-\(UUID())")
        let folder = root.appending(path: "providers/acme")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "folder"),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: root) }
        let sizes = ["small": 400, "empty": 0, "usual": 16_383, "exact": 16_384, "large": 40_000, "limit": 65_536]
        for (name, size) in sizes { try Data(repeating: 0x61, count: size).write(to: folder.appending(path: name)) }
        try Data(repeating: 0x61, count: 65_537).write(to: folder.appending(path: "over"))
        #expect(mkfifo(folder.appending(path: "pipe").path, 0o600) == 0)
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "link"),
            withDestinationURL: folder.appending(path: "small")
        )
        // Every kind of thing that can take a file's place between the listing and the reading.
        let expected = [
            ("small", "400"), ("empty", "0"), ("usual", "16383"), ("exact", "16384"), ("large", "40000"),
            ("limit", "65536"), ("over", "too large"), ("folder", "not regular"), ("pipe", "not regular"),
            ("link", "not regular"), ("gone", "missing"),
        ]
        var files = expected.map { TreeFile(folder: "providers/acme", name: $0.0, limit: 65_536) }
        files.append(TreeFile(folder: "providers/acme", name: "small", limit: 399))
        let outcomes = expected.map(\.1) + ["too large"]
        let timed = try await read(files, in: WorkingTree(root: root.path))
        let plain = try await read(files, in: WorkingTree(root: root.path, asksForTimes: false))
        #expect(timed == outcomes)
        #expect(plain == outcomes)
    }

    private func read(_ files: [TreeFile], in tree: WorkingTree) async throws -> [String] {
        var outcomes: [String] = []
        try await tree.read(files[...]) { _, reading in
            switch consume reading {
            case .contents(let bytes, _):
                #expect(bytes.allSatisfy { $0 == 0x61 })
                outcomes.append("\(bytes.count)")
            case .tooLarge: outcomes.append("too large")
            case .notRegular: outcomes.append("not regular")
            case .unreadable(let failure): outcomes.append(failure.isMissing ? "missing" : failure.reason)
            }
        }
        return outcomes
    }
}
