import Foundation
import RosterCompiler
import RosterFrontend
import RosterGit
import RosterModel
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterServer

/// A repository on disk whose files a test edits at random.
final class EditedWorkingTree {
    let folder: String
    private let isInGit: Bool
    private var random: SeededGenerator
    private var edits = 0
    /// The paths that changed since ``takeChanges()``; nil when anything may have changed.
    private var changed: Set<String>? = []

    init(seed: UInt64, isInGit: Bool) throws {
        random = SeededGenerator(seed: seed)
        self.isInGit = isInGit
        let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        folder = temporary.appending(path: "roster-edits-\(UUID().uuidString)").path
        for (path, text) in RuleExample.common { try write(path, text) }
        for number in 0..<80 {
            try write(
                "providers/acme/openai-\(number).yaml",
                Self.text(number, "OpenAI \(number)", "provider: openai\ndefaultModel: gpt-5.6\nsecret: openai-prod\n")
            )
            try write("providers/acme/local-\(number).yaml", Self.text(number + 100, "Local \(number)", Self.ollama))
        }
        // Files that the listing reports and that are not read.
        for path in ["providers/README.md", Self.readme] { try write(path, "notes\n") }
        guard isInGit else { return }
        try git("init", "--quiet")
        try commit()
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private static let models = "models.json"
    private static let readme = "providers/acme/README.md"
    private static let ollama = "provider: ollama\ndefaultModel: llama3.2\n"

    private static func text(_ number: Int, _ name: String, _ rest: String) -> String {
        "id: aip_" + String(repeating: "0", count: 16 - String(number).count) + "\(number)\nname: \(name)\n" + rest
    }

    /// Returns a source of the repository.
    func source() async throws -> WorkingTreeSource {
        let git = GitTopLevel(of: folder)
        var repository: GitRepository?
        if isInGit, let git {
            repository = try await GitRepository(topLevel: git) { ProcessInfo.processInfo.environment[$0] }
        }
        return try await WorkingTreeSource(
            WorkingTreeSource.Repository(
                root: folder,
                pathPrefix: "",
                git: repository,
                uncommitted: UncommittedDates(sourceDateEpoch: nil),
                tree: { [folder] in WorkingTree(root: folder) },
                lineEndings: { nil }
            ),
            concurrency: 2,
            compiler: { Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000), concurrency: 2)) }
        )
    }

    /// Returns the changes since the last call, as a watch of the folders reports them.
    func takeChanges() -> Set<String>? {
        defer { changed = [] }
        return changed
    }

    // MARK: - Edits

    /// Edits some file.
    func edit() throws -> String {
        edits += 1
        let number = Int.random(in: 0..<80, using: &random)
        let (openai, local) = ("providers/acme/openai-\(number).yaml", "providers/acme/local-\(number).yaml")
        switch Int.random(in: 0..<20, using: &random) {
        case 0...3:
            try write(local, Self.text(number + 100, "Edit \(edits)", Self.ollama))
            return "a name"
        case 4...5:
            let rest = "provider: openai\ndefaultModel: gpt-\(edits)\nsecret: openai-prod\n"
            try write(openai, Self.text(number, "OpenAI \(number)", rest))
            return "a model"
        case 6:
            try write(openai, Self.text(number, "OpenAI \(number)", "provider: openai\ndefaultModel: gpt-5.6\n"))
            return "a missing secret"
        case 7:
            try write(openai, Self.text(number, "OpenAI", "provider: openai\ndefaultModel: x\nsecret: no-such\n"))
            return "an unknown secret"
        case 8:
            try write(local, Self.text((number + 1) % 80 + 100, "Copy", Self.ollama))
            return "a duplicate id, or none"
        case 9:
            try write(local, Self.text(Int.random(in: 10_000..<99_999, using: &random), "New", Self.ollama))
            return "a new id"
        case 10:
            try write(local, "\n# roster:disable=unlikely-model\n" + Self.text(number + 100, "Shared", Self.ollama))
            return "another line and the name of another"
        case 11:
            try write(local, "id: [\n")
            return "no YAML"
        case 12:
            try write("providers/acme/.temporary", "x")
            try remove("providers/acme/.temporary")
            return "a temporary file"
        case 13:
            try? remove(local)
            return "a removed file"
        case 14:
            try write("secrets/acme/openai-prod.yaml", RuleExample.secret.replacing("production", with: "\(edits)"))
            return "a secret"
        case 15:
            try write("roster.yaml", RuleExample.roster.replacing("name: Acme", with: "name: Acme \(edits)"))
            return "the roster"
        case 16:
            try write(Self.readme, "notes \(edits)\n")
            return "a file that is not read"
        case 17:
            try? remove(Self.readme)
            return "no file that is not read"
        case 18:
            try write(Self.models, edits.isMultiple(of: 3) ? "{" : RuleExample.models(complete: true))
            return "a catalogue of models, or a broken one"
        default:
            guard isInGit else {
                changed = nil
                return "anything"
            }
            try commit()
            return "a commit"
        }
    }

    /// Restores the file of each provider that has an error.
    func repair(_ paths: some Sequence<String>) throws {
        for path in Set(paths) {
            guard path != Self.models else {
                try write(path, RuleExample.models())
                continue
            }
            let stem = path.split(separator: "/").last?.dropLast(5) ?? ""
            guard let number = stem.split(separator: "-").last.flatMap({ Int($0) }) else { continue }
            let isLocal = stem.hasPrefix("local")
            let rest = isLocal ? Self.ollama : "provider: openai\ndefaultModel: gpt-5.6\nsecret: openai-prod\n"
            try write(path, Self.text(isLocal ? number + 100 : number, "Repaired \(number)", rest))
        }
    }

    func write(_ path: String, _ text: String) throws {
        let url = URL(fileURLWithPath: folder).appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        changed?.insert(path)
        // Modification times have whole seconds in a registry, and edits follow one another faster.
        let date = Date(timeIntervalSince1970: 1_700_000_000 + TimeInterval(edits))
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: url.path)
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: folder + "/" + path)
        changed?.insert(path)
    }

    private func commit() throws {
        try git("add", "--all")
        try git("commit", "--quiet", "--allow-empty", "-m", "change")
    }

    private func git(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder] + arguments
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
        for role in ["AUTHOR", "COMMITTER"] {
            environment["GIT_\(role)_NAME"] = "Test"
            environment["GIT_\(role)_EMAIL"] = "test@example.com"
            environment["GIT_\(role)_DATE"] = "@\(1_650_000_000 + 100 * edits) +0000"
        }
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
        process.environment = environment
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "git \(arguments)")
    }
}
