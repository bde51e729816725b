import Foundation
import RosterSources
import Testing

@testable import RosterGit

/// A git repository of a test's own, in a folder that goes with it.
final class ScratchRepository {
    let folder: String

    init(_ options: String...) throws {
        folder =
            FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "roster-git-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // As the program does: a git that has ended closes its input.
        signal(SIGPIPE, SIG_IGN)
        try git(["init", "--quiet", "--initial-branch=main"] + options)
    }

    /// Creates a repository in an existing folder.
    init(existing folder: String) { self.folder = folder }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes a file, making its folders.
    func write(_ path: String, _ text: String) throws {
        let url = URL(fileURLWithPath: folder).appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: url)
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: folder + "/" + path) }

    /// Commits all files at a committer date in seconds since 1970, and returns the id.
    @discardableResult
    func commit(at date: Int, _ message: String = "change") throws -> String {
        try git(["add", "--all"])
        try git(["commit", "--quiet", "--allow-empty", "-m", message], date: date)
        return try git(["rev-parse", "HEAD"])
    }

    /// Runs git as a user would, and returns its output without the last newline.
    @discardableResult
    func git(
        _ arguments: [String],
        date: Int = 1_700_000_000,
        input: Data? = nil,
        mayFail: Bool = false
    ) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
        for role in ["AUTHOR", "COMMITTER"] {
            environment["GIT_\(role)_NAME"] = "Test"
            environment["GIT_\(role)_EMAIL"] = "test@example.com"
            environment["GIT_\(role)_DATE"] = "@\(date) +0000"
        }
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        let source = Pipe()
        process.standardInput = source
        try process.run()
        if let input { try source.fileHandleForWriting.write(contentsOf: input) }
        try source.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(mayFail || process.terminationStatus == 0, "git \(arguments.joined(separator: " "))")
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// Opens the repository for a folder in it.
    func opened(_ subfolder: String = "") async throws -> GitRepository {
        let path = subfolder.isEmpty ? folder : folder + "/" + subfolder
        let topLevel = try #require(GitTopLevel(of: path))
        return try await GitRepository(topLevel: topLevel) { ProcessInfo.processInfo.environment[$0] }
    }

    /// Returns every file that Roster reads from a revision, by path.
    func files(of revision: String, _ subfolder: String = "") async throws -> [String: FileReading] {
        let repository = try await opened(subfolder)
        return try await files(in: try await repository.tree(of: try await repository.commit(named: revision)))
    }

    /// Returns every file of a tree, by path.
    func files(in tree: some SourceTree) async throws -> [String: FileReading] {
        var files: [TreeFile] = []
        var folders = [TreeFolder(path: "")]
        while !folders.isEmpty {
            var next: [TreeFolder] = []
            for (folder, entries) in zip(folders, try await tree.list(folders, limit: 10_000)) {
                for entry in try entries.get() {
                    let path = folder.path.isEmpty ? entry.name : folder.path + "/" + entry.name
                    if entry.kind == .folder { next.append(TreeFolder(path: path, object: entry.object)) }
                    guard entry.kind == .file else { continue }
                    files.append(
                        TreeFile(folder: folder.path, name: entry.name, object: entry.object, limit: 65_536)
                    )
                }
            }
            folders = next
        }
        var result: [String: FileReading] = [:]
        try await tree.read(files[...]) { result[files[$0].path] = $1 }
        return result
    }
}

extension FileReading {
    /// The contents as text; nil when there are none.
    var text: String? {
        guard case .contents(let bytes, _) = self else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
