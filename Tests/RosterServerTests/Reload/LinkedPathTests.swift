import Foundation
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Paths through symbolic links")
struct LinkedPathTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: target)
    }

    /// Replaces a link in one step, as kubelet and git-sync do.
    private func swap(_ name: String, to target: String) throws {
        try link(name + ".new", to: target)
        try #require(rename(folder.path + "/" + name + ".new", folder.path + "/" + name) == 0)
    }

    private func path(_ name: String) -> LinkedPath { LinkedPath(folder.path + "/" + name) }

    /// Returns the paths below the test's folder that are watched.
    private func watched(_ path: LinkedPath) -> [String] {
        path.watchedFolders().filter { $0.path.hasPrefix(folder.path) }.map { folder in
            (folder.path + "/" + (folder.onlyName ?? "*")).replacing(self.folder.path + "/", with: "")
        }
    }

    @Test func resolvesAsTheSystemDoes() throws {
        try folder.write(".w/1/a/registry.json", "{}")
        try link("current", to: ".w/1")
        try link("absolute", to: folder.path + "/current/a")
        try link("file", to: "absolute/../a/./registry.json")
        try link("loop", to: "pool")
        try link("pool", to: "loop")
        try link("nowhere", to: "none/x")
        for name in ["file", "absolute/registry.json", "current/a/registry.json", ".w//1/./a/registry.json"] {
            #expect(path(name).target == folder.path + "/.w/1/a/registry.json", "\(name)")
        }
        for name in ["loop", "nowhere", "none", "file/x"] { #expect(path(name).target == nil, "\(name)") }
        #expect(LinkedPath("/").target == "/")
        #expect(LinkedPath("/../..").target == "/")
    }

    @Test func watchesTheFolderOfEachLink() throws {
        try folder.write("..2026/registry.json", "{}")
        try link("..data", to: "..2026")
        try link("registry.json", to: "..data/registry.json")
        #expect(
            watched(path("registry.json")) == ["registry.json", "..data", "..2026", "..2026/registry.json"]
        )
        // A missing part is watched where it would appear.
        #expect(watched(path("none/x/registry.json")) == ["none"])
        let ancestors = path("registry.json").watchedFolders().prefix { $0.path != folder.path }
        #expect(ancestors.first == WatchedFolder(path: "/", .entry, onlyName: "tmp"))
        #expect(ancestors.allSatisfy { $0.meaning == .entry })
    }

    /// The changes that publish a new version of a file, by the layout of its folder.
    enum Layout: CaseIterable {
        case gitSync, kubelet, absoluteLink, replacedFile, replacedFolder, replacedGrandparent, linkToLink
    }

    @Test(arguments: Layout.allCases)
    func reportsReplacedVersions(_ layout: Layout) async throws {
        try folder.write(".w/1/a/registry.json", "1")
        try folder.write(".w/2/a/registry.json", "2")
        var name = "current/a/registry.json"
        switch layout {
        case .gitSync: try link("current", to: ".w/1")
        case .absoluteLink: try link("current", to: folder.path + "/.w/1")
        case .kubelet:
            try link("..data", to: ".w/1")
            try link("registry.json", to: "..data/a/registry.json")
            name = "registry.json"
        case .linkToLink:
            try link("one", to: ".w/1")
            try link("two", to: "one")
            try link("current", to: "two")
        case .replacedFile, .replacedFolder, .replacedGrandparent: name = ".w/1/a/registry.json"
        }
        let path = path(name)
        let watch = try #require(FolderWatch())
        _ = watch.watch(path.watchedFolders())
        let manager = FileManager.default
        switch layout {
        case .gitSync: try swap("current", to: ".w/2")
        case .absoluteLink: try swap("current", to: folder.path + "/.w/2")
        case .kubelet: try swap("..data", to: ".w/2")
        case .linkToLink: try swap("one", to: ".w/2")
        case .replacedFile: try folder.write(".w/1/a/registry.json", "2")
        case .replacedFolder:
            try manager.removeItem(atPath: folder.path + "/.w/1/a")
            try manager.moveItem(atPath: folder.path + "/.w/2/a", toPath: folder.path + "/.w/1/a")
        case .replacedGrandparent:
            try manager.moveItem(atPath: folder.path + "/.w/1", toPath: folder.path + "/.w/0")
            try manager.moveItem(atPath: folder.path + "/.w/2", toPath: folder.path + "/.w/1")
        }
        for await _ in watch.stream where watch.takeChanges().isAnything { break }
        #expect(try path.read(limit: 10, "the file") == Array("2".utf8))
    }

    @Test("Sees a folder that is removed and created again, part by part")
    func followsARecreatedFolder() async throws {
        try folder.write("a/b/registry.json", "1")
        let path = path("a/b/registry.json")
        let watch = try #require(FolderWatch())
        _ = watch.watch(path.watchedFolders())
        func settle(_ condition: () -> Bool) async {
            if condition() { return }
            for await _ in watch.stream {
                _ = watch.takeChanges()
                // As the reloader does after each load.
                if watch.watch(path.watchedFolders()) { watch.wake() }
                if condition() { return }
            }
        }
        try FileManager.default.removeItem(atPath: folder.path + "/a")
        await settle { path.target == nil && watched(path) == ["a"] }
        try folder.write("a/b/registry.json", "2")
        await settle { path.target != nil }
        #expect(try path.read(limit: 10, "the file") == Array("2".utf8))
    }

    @Test func readsRegularFilesWithinALimit() throws {
        try folder.write("file", "0123456789")
        #expect(try path("file").read(limit: 10, "the file").count == 10)
        func problem(_ path: LinkedPath, _ limit: Int) -> String? {
            do throws(SourceFailure) {
                _ = try path.read(limit: limit, "the trust file")
                return nil
            } catch {
                return error.description
            }
        }
        let file = path("file").path
        #expect(problem(path("file"), 9) == "the trust file \(file) has more than 9 bytes, the limit")
        try #require(mkfifo(folder.path + "/pipe", 0o600) == 0)
        #expect(problem(path("pipe"), 9)?.hasSuffix("pipe is not a regular file") == true)
        #expect(problem(LinkedPath("/dev/zero"), 9)?.hasSuffix("/dev/zero is not a regular file") == true)
        #expect(problem(path("none"), 9)?.contains("cannot read \(path("none").path)") == true)
        #expect(problem(path("."), 9) != nil)
        // A file of a file system without sizes grows as it is read.
        #expect(problem(LinkedPath("/proc/kallsyms"), 1000)?.contains("more than 1000 bytes") == true)
    }
}
