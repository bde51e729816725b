import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSources
import Synchronization
import Testing

@testable import RosterCompiler

/// A small repository of hand-written files, and its problems.
struct ProviderMistakes {
    var files: [(path: String, text: String)] = RuleExample.common

    /// Creates the repository of every example with other files; an empty text removes a file.
    init(_ changes: (path: String, text: String)...) { self.init(files: changes) }

    /// Creates the repository of every example with other files.
    init(files changes: [(path: String, text: String)]) {
        for (path, text) in changes {
            files.removeAll { $0.path == path }
            if !text.isEmpty { files.append((path, text)) }
        }
    }

    /// Creates the repository of every example with another provider.
    init(provider text: String) { self.init(("providers/acme/gpt-4o.yaml", text)) }

    /// Returns the problems of the files.
    func diagnostics() async throws -> [Diagnostic] {
        let tree = MemoryTree(files.map { ($0.path, Array($0.text.utf8)) })
        let today = try #require(CalendarDate("2026-11-24"))
        let ids = NumberedIDs()
        let options = Compiler.Options(today: today, makesID: { ids.next(prefix: $0) })
        return try await Compiler(options).analyze(tree).diagnostics
    }

    /// Returns the problems of the files after every safe suggestion, round by round, and the files that have them.
    func fixed() async throws -> (diagnostics: [Diagnostic], files: ProviderMistakes) {
        var (files, found) = (self, try await diagnostics())
        for _ in 0..<5 where found.contains(where: { $0.replacement?.isSafe == true }) {
            files = try files.fixed(found)
            found = try await files.diagnostics()
        }
        #expect(!found.contains { $0.replacement?.isSafe == true })
        return (found, files)
    }

    /// Returns the files with every safe suggestion of some problems applied.
    func fixed(_ diagnostics: [Diagnostic]) throws -> ProviderMistakes {
        var result = self
        for diagnostic in diagnostics.reversed() {
            guard let replacement = diagnostic.replacement, replacement.isSafe else { continue }
            let span = try #require(diagnostic.place.span)
            let index = try #require(result.files.firstIndex { $0.path == diagnostic.place.path })
            var bytes = Array(result.files[index].text.utf8)
            bytes.replaceSubrange(span.byteOffset..<span.byteOffset + span.byteLength, with: replacement.text.utf8)
            result.files[index].text = String(decoding: bytes, as: UTF8.self)
        }
        return result
    }

    /// Returns a file's text.
    func text(_ path: String) throws -> String { try #require(files.first { $0.path == path }).text }
}

/// A source of sequential ids that replaces the random one.
private final class NumberedIDs: Sendable {
    private let last = Atomic(0)

    func next(prefix: String) -> String {
        let digits = String(last.add(1, ordering: .relaxed).newValue)
        return prefix + String(repeating: "0", count: 16 - digits.count) + digits
    }
}
