package import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterSemantics

/// Writes safe suggestions into the files of the working tree.
package struct SafeFixes {
    private let repository: Repository

    /// Creates the fixes of a repository's files.
    package init(repository: Repository) { self.repository = repository }

    /// The most rounds: one fix can expose another, and what is left after a few rounds is not safe to fix.
    private static let rounds = 5

    /// Applies safe suggestions until there are none, and returns the number of places that were changed.
    ///
    /// - Parameters:
    ///   - checked: the problems of the repository, which are those after the fixes at the end.
    ///   - files: the only files that are fixed; nil for all.
    ///   - checkAgain: checks the repository again.
    /// - Returns: the number of places.
    /// - Throws: `EditFailure` when a file cannot be written, or changed since it was checked.
    package func apply(
        to checked: inout Diagnosis,
        in files: ReportedFiles? = nil,
        checkAgain: () async throws -> Diagnosis
    ) async throws -> Int {
        var count = 0
        for _ in 0..<Self.rounds {
            let written = try apply(checked.report(on: files, listsFiles: false).diagnostics)
            guard written > 0 else { break }
            count += written
            checked = try await checkAgain()
        }
        return count
    }

    /// Applies every safe suggestion, and returns the number of places that were changed.
    ///
    /// - Throws: `EditFailure` when a file cannot be written, or changed since it was checked.
    private func apply(_ diagnostics: [Diagnostic]) throws -> Int {
        var byPath: [String: [(span: SourceSpan, text: String)]] = [:]
        for diagnostic in diagnostics {
            guard let replacement = diagnostic.replacement, replacement.isSafe, let span = diagnostic.place.span else {
                continue
            }
            byPath[diagnostic.place.path, default: []].append((span, replacement.text))
        }
        var count = 0
        for (path, edits) in byPath.sorted(by: { $0.key < $1.key }) {
            let name = String(path.dropFirst(repository.pathPrefix.count))
            count += try apply(edits, to: name)
        }
        return count
    }

    private func apply(_ edits: [(span: SourceSpan, text: String)], to name: String) throws -> Int {
        let old = try RepositoryFile.bytes(at: name, in: repository.root)
        var bytes = old
        var end = bytes.count + 1
        var count = 0
        // From the end, so that earlier offsets stay valid; of two that overlap, one is applied in the next round.
        for edit in edits.sorted(by: { $0.span.byteOffset > $1.span.byteOffset }) {
            let range = edit.span.byteOffset..<(edit.span.byteOffset + edit.span.byteLength)
            guard range.upperBound <= bytes.count, range.upperBound < end || count == 0 else { continue }
            bytes.replaceSubrange(range, with: edit.text.utf8)
            end = range.lowerBound
            count += 1
        }
        if count > 0 {
            try WorkingTreeWriter(root: repository.root).apply([.replace(path: name, old: old, new: bytes)])
        }
        return count
    }
}
