import Glibc
import Subprocess

/// The commits whose parents the file `info/grafts` replaces.
///
/// See gitrepository-layout(5). Git still follows such a file, and shows a history that differs from the commits.
struct Grafts: Sendable {
    /// The absolute path of the file.
    let file: String
    private let commits: Set<String>

    /// Reads a file of grafts; nil when git could not read it, or when it names no commit.
    init?(file: String) {
        let descriptor = unsafe open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        // Git would wait for a pipe until it is killed.
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            let stream = unsafe fdopen(descriptor, "r")
        else {
            close(descriptor)
            return nil
        }
        defer { unsafe fclose(stream) }
        var commits: Set<String> = []
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { unsafe free(line) }
        while true {
            let length = unsafe getline(&line, &capacity, stream)
            guard length > 0, let start = unsafe line else { break }
            let bytes = unsafe UnsafeRawBufferPointer(start: start, count: length)
            let id = unsafe String(decoding: bytes.prefix { Self.isHexDigit($0) }, as: UTF8.self)
            if id.utf8.count == 40 || id.utf8.count == 64 { commits.insert(id.lowercased()) }
        }
        guard !commits.isEmpty else { return nil }
        (self.file, self.commits) = (file, commits)
    }

    /// Checks that no graft replaces the parents of a commit.
    ///
    /// - Throws: ``GitError/graftedHistory(file:commit:)``.
    func check(_ commit: String) throws {
        if commits.contains(commit) { throw GitError.graftedHistory(file: file, commit: commit) }
    }

    /// Checks that no graft replaces parents in the history of some commits.
    ///
    /// - Throws: ``GitError/graftedHistory(file:commit:)``.
    func check(historyOf commits: [String], _ git: GitProgram) async throws {
        let arguments = ["rev-list", "--end-of-options"] + commits
        try await git.stream(arguments, patience: .longHistory) { input, output in
            try await input.finish()
            while let line = try await output.token(endedBy: UInt8(ascii: "\n"), limit: 1 << 10) {
                try check(String(decoding: line, as: UTF8.self))
            }
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
