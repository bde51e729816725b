import Subprocess

extension GitRepository {
    /// Returns those of some paths that git ignores: it does not track them, and a pattern leaves them out.
    ///
    /// Paths are relative to git's top level. When git fails, the result is empty.
    package func ignored(_ paths: [String]) async throws -> Set<String> {
        guard !topLevel.isBare, !paths.isEmpty else { return [] }
        let arguments = ["check-ignore", "-z", "--stdin", "--verbose", "--non-matching"]
        do {
            // Exit code 1: none of them is ignored.
            return try await git.stream(arguments, successCodes: [0, 1]) { input, output in
                var ignored: Set<String> = []
                var rest = paths[...]
                while !rest.isEmpty {
                    // Few enough to fit in the pipes, which prevents a deadlock.
                    let window = rest.prefix(8)
                    rest = rest.dropFirst(8)
                    // Without `./`, a path that begins with a colon would be a pattern.
                    _ = try await input.write(window.flatMap { Array("./\($0)".utf8) + [0] })
                    for path in window {
                        // The file with the pattern, its line, the pattern, and the path.
                        _ = try await output.token(endedBy: 0)
                        _ = try await output.token(endedBy: 0)
                        let pattern = try await output.token(endedBy: 0)
                        guard let pattern, try await output.token(endedBy: 0) != nil else {
                            throw GitError.malformedAnswer(command: "check-ignore")
                        }
                        output.noteAnswer()
                        if let first = pattern.first, first != UInt8(ascii: "!") { ignored.insert(path) }
                    }
                }
                try await input.finish()
                return ignored
            }
        } catch GitError.failed {
            return []
        }
    }
}
