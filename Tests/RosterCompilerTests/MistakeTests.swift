import Foundation
import RosterDiagnostics
import RosterSources
import Testing

@testable import RosterCompiler

/// Mistakes that users make in an editor, each with the resulting message.
///
/// A folder has the edited files, laid over `Tests/Fixtures/mistakes/repository`, a description, and the report of
/// `roster check`. `ROSTER_RECORD=1` writes the reports, and still fails.
@Suite struct MistakeTests {
    @Test func hasAtLeast60Mistakes() throws {
        #expect(try Mistake.all().count >= 60)
        #expect(try Mistake.repository().keys.count == 19)
    }

    @Test func repositoryWithoutMistakeIsValid() async throws {
        let checked = try await Mistake.check(Mistake.repository())
        #expect(checked.diagnostics.isEmpty, "\(checked.diagnostics)")
    }

    @Test(arguments: try Mistake.all())
    func messageMatchesFixture(mistake: Mistake) async throws {
        let checked = try await Mistake.check(mistake.files)
        let report = mistake.withoutFreshIDs(Fixtures.report(checked))
        try Fixtures.expect(report, in: "mistakes/\(mistake.name)/message.txt")
        for word in mistake.foreignWords { #expect(!report.contains(word)) }
    }

    @Test(arguments: try Mistake.all())
    func messageHasPlaceAndHelp(mistake: Mistake) async throws {
        let diagnostics = try await Mistake.check(mistake.files).diagnostics
        #expect(!diagnostics.isEmpty)
        for diagnostic in diagnostics {
            #expect(diagnostic.help != nil || diagnostic.replacement != nil, "\(diagnostic.message)")
            #expect(mistake.isElsewhere || mistake.holds(diagnostic.place), "\(diagnostic.place)")
        }
    }

    @Test(arguments: try Mistake.all())
    func fixAppliesAllSafeReplacements(mistake: Mistake) async throws {
        let before = try await Mistake.check(mistake.files).diagnostics
        let (fixed, after) = try await Mistake.fix(mistake.files, before)
        #expect(!after.contains { $0.replacement?.isSafe == true })
        let known = before.filter { $0.replacement?.isSafe != true }.map { $0.rule + $0.place.path }
        for diagnostic in after { #expect(known.contains(diagnostic.rule + diagnostic.place.path), "\(diagnostic)") }
        #expect(try await Mistake.fix(fixed, after).files == fixed)
    }
}

/// A mistake under `Tests/Fixtures/mistakes`.
struct Mistake: Sendable, CustomTestStringConvertible {
    /// The name of its folder.
    let name: String
    /// Every file of the repository with the mistake in it.
    let files: [String: String]
    /// The edited lines of the files that were edited, from 1.
    let editedLines: [String: Set<Int>]
    /// The deleted files.
    let removed: Set<String>
    /// A Boolean value that indicates whether the description explains a message at a different line.
    let isElsewhere: Bool

    var testDescription: String { name }

    private static let folder = Fixtures.folder + "mistakes/"

    static func all() throws -> [Mistake] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        return try names.filter { $0 != "repository" }.map(Mistake.init)
    }

    /// The files of the repository without a mistake.
    static func repository() throws -> [String: String] { try files(in: folder + "repository") }

    private init(_ name: String) throws {
        let repository = try Self.repository()
        var edited = try Self.files(in: Self.folder + name)
        edited["message.txt"] = nil
        let description = edited.removeValue(forKey: "about.txt")
        let about = try #require(description).split(separator: "\n")
        let removed = Set(about.filter { $0.hasPrefix("removed: ") }.map { String($0.dropFirst(9)) })
        self.name = name
        self.removed = removed
        isElsewhere = about.contains { $0.hasPrefix("elsewhere: ") }
        files = repository.merging(edited) { $1 }.filter { !removed.contains($0.key) }
        editedLines = edited.reduce(into: [:]) { result, file in
            let old = (repository[file.key] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            let new = file.value.split(separator: "\n", omittingEmptySubsequences: false)
            // A deletion shows at the line that follows it.
            result[file.key] = new.difference(from: old).reduce(into: []) { lines, change in
                switch change {
                case .insert(let offset, _, _): lines.insert(offset + 1)
                case .remove(let offset, _, _): lines.formUnion([offset, offset + 1])
                }
            }
        }
    }

    private static func files(in folder: String) throws -> [String: String] {
        var files: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            guard let bytes = FileManager.default.contents(atPath: folder + "/" + path), !path.hasSuffix("/") else {
                continue
            }
            files[path] = String(decoding: bytes, as: UTF8.self)
        }
        return files
    }

    static func check(_ files: [String: String]) async throws -> AnalyzedRepository {
        let contents = files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }
        return try await Compiler(Fixtures.options).analyze(MemoryTree(contents))
    }

    /// Returns whether a place is in an edited line.
    func holds(_ place: Diagnostic.Place) -> Bool {
        if let lines = editedLines[place.path] { return place.span.map { lines.contains($0.line) } ?? true }
        // A folder of such a file, or the secret that a provider does not link any more.
        return editedLines.keys.contains { $0.hasPrefix(place.path + "/") } || !removed.isEmpty
    }

    /// The long words of the edited files that the repository does not have: keys.
    var foreignWords: [String] {
        func words(_ text: String) -> Set<Substring> {
            Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" }.filter { $0.utf8.count > 36 })
        }
        let known = (try? Self.repository().values.map(words).reduce(into: Set<Substring>()) { $0.formUnion($1) }) ?? []
        return editedLines.keys.compactMap { files[$0] }.flatMap { words($0).subtracting(known) }.map(String.init)
    }

    /// Replaces the ids that no file has, which differ each time.
    func withoutFreshIDs(_ report: String) -> String {
        let pattern = #/\b(aip|sec|proj|key)_[A-Za-z0-9]{16}\b/#
        return report.replacing(pattern) { match in
            files.values.contains { $0.contains(match.output.0) } ? String(match.output.0) : "\(match.output.1)_<fresh>"
        }
    }

    /// Applies the safe suggestions to the files, as `roster check --fix` does.
    static func fix(
        _ files: [String: String],
        _ diagnostics: [Diagnostic]
    ) async throws -> (files: [String: String], diagnostics: [Diagnostic]) {
        var (files, diagnostics) = (files, diagnostics)
        for _ in 0..<5 {
            let safe = diagnostics.filter { $0.replacement?.isSafe == true && $0.place.span != nil }
            guard !safe.isEmpty else { break }
            for (path, edits) in Dictionary(grouping: safe, by: \.place.path) {
                files[path] = apply(edits, to: files[path] ?? "")
            }
            diagnostics = try await check(files).diagnostics
        }
        return (files, diagnostics)
    }

    /// Suggestions are applied from the end, so that earlier offsets stay valid; of two that overlap, one is applied.
    private static func apply(_ edits: [Diagnostic], to text: String) -> String {
        var bytes = Array(text.utf8)
        var end = bytes.count + 1
        for edit in edits.sorted(by: { ($0.place.span?.byteOffset ?? 0) > ($1.place.span?.byteOffset ?? 0) }) {
            guard let span = edit.place.span, let text = edit.replacement?.text else { continue }
            let range = span.byteOffset..<span.byteOffset + span.byteLength
            guard range.upperBound < end else { continue }
            bytes.replaceSubrange(range, with: text.utf8)
            end = range.lowerBound
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
