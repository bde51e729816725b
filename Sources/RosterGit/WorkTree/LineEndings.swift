import RosterBytes
import Subprocess

/// The line endings that files of a working tree would have once they are added to the index.
///
/// Follows `core.autocrlf` and the attributes `text`, `eol` and `crlf` from all sources that git reads. No filter runs,
/// and `ident` and `working-tree-encoding` are not followed.
///
/// See gitattributes(5), "End-of-line conversion".
package actor LineEndings {
    /// The condition under which git converts CRLF of a file.
    private enum Rule: Sendable {
        /// The file is text: git always converts it.
        case text
        /// Git converts the file if it looks like text.
        case auto
    }

    /// The rules by path; a path that has none is not converted.
    private typealias Rules = [String: Rule]

    private let git: GitProgram
    /// The files and folders of the registry, relative to git's top level.
    private let registry: [String]
    private var questions: [[String]: Task<Rules, any Error>] = [:]

    /// The most files of the registry that are requested by their names.
    private static let namedLimit = 16

    /// Creates the rules of a working tree; `registry` are paths below which most requested files are.
    ///
    /// `environment` returns the value of a variable, nil when it is not set.
    package init(of topLevel: GitTopLevel, registry: [String], environment: (_ name: String) -> String?) {
        git = GitProgram(folder: topLevel.folder, isBare: topLevel.isBare, environment: environment)
        self.registry = registry
    }

    /// Returns the bytes of files as git would add them; paths are relative to git's top level.
    ///
    /// Git is asked only when a file has CRLF.
    package func normalize(_ files: [(path: String, bytes: [UInt8])]) async throws -> [[UInt8]] {
        let candidates = files.indices.filter { files[$0].bytes.containsCRLF }
        guard !candidates.isEmpty else { return files.map(\.bytes) }
        let rules = try await rules(for: candidates.map { files[$0].path })
        var result = files.map(\.bytes)
        for index in candidates {
            switch rules[files[index].path] {
            case nil: break
            case .auto where TextStatistics(files[index].bytes).isBinary: break
            case .auto, .text: result[index] = result[index].withoutCRLF
            }
        }
        return result
    }

    // MARK: Asking git

    private func rules(for paths: [String]) async throws -> Rules {
        let (records, others) = (paths.filter(isInRegistry), paths.filter { !isInRegistry($0) })
        var rules: Rules = [:]
        if !records.isEmpty {
            let isFew = records.count <= Self.namedLimit && questions[registry] == nil
            let patterns = (isFew ? records : registry).map { ":(top,literal)\($0)" }
            rules = try await ask(patterns, key: isFew ? nil : registry)
        }
        for folder in Set(others.map(Self.folder)).sorted() {
            // A caller that requests one file of a folder is likely to request the others.
            let pattern = ":(top,glob)" + Self.escaped(folder) + "*"
            rules.merge(try await ask([pattern], key: [folder])) { $1 }
        }
        return rules
    }

    private func isInRegistry(_ path: String) -> Bool {
        registry.contains { path == $0 || path.hasPrefix($0) && path.utf8.dropFirst($0.utf8.count).first == 0x2F }
    }

    /// The folder of a path, with a slash at its end; empty for the top level.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// The text as a pattern that matches itself.
    private static func escaped(_ path: String) -> String {
        String(path.flatMap { "*?[\\".contains($0) ? ["\\", $0] : [$0] })
    }

    private func ask(_ patterns: [String], key: [String]?) async throws -> Rules {
        if let key, let known = questions[key] { return try await known.value }
        let task = Task { [git] in try await Self.rules(for: patterns, git) }
        if let key { questions[key] = task }
        return try await task.value
    }

    private static func rules(for patterns: [String], _ git: GitProgram) async throws -> Rules {
        do {
            async let converts = convertsByDefault(git)
            let arguments = ["ls-files", "--eol", "-z", "--"] + patterns
            let answers = try await git.stream(arguments, patience: .longHistory) { input, output in
                try await input.finish()
                var answers: [(path: String, rule: Rule)] = []
                var unattributed: [String] = []
                while let token = try await output.token(endedBy: 0) {
                    guard let answer = Answer(token) else { throw GitError.malformedAnswer(command: "ls-files") }
                    switch answer.attributes {
                    case "text", "text eol=lf", "text eol=crlf": answers.append((answer.path, .text))
                    case _ where answer.hasCRLFInIndex: break
                    case "text=auto", "text=auto eol=lf", "text=auto eol=crlf": answers.append((answer.path, .auto))
                    case "": unattributed.append(answer.path)
                    default: break
                    }
                }
                return (answers, unattributed)
            }
            var rules = Dictionary(answers.0) { first, _ in first }
            if try await converts { for path in answers.1 { rules[path] = .auto } }
            return rules
        } catch let error as GitError {
            // A repository that git does not open gets no files.
            if case .notInstalled = error { return [:] }
            guard case .failed = error, case .failure = try await git.answer(["rev-parse", "--git-dir"]) else {
                throw error
            }
            return [:]
        }
    }

    /// Returns true when `core.autocrlf` is true or `input`.
    private static func convertsByDefault(_ git: GitProgram) async throws -> Bool {
        switch try await git.answer(["config", "--type=bool", "--get", "core.autocrlf"]) {
        case .success(let value): value.hasPrefix("true")
        // `input` is not a boolean. Without a value git gives no reason.
        case .failure(.failed(_, let reason)): reason.lowercased().contains("'input'")
        case .failure(let error): throw error
        }
    }

    /// `i/<ending> w/<ending> attr/<attributes>`, a tab and the path.
    private struct Answer {
        var path: String
        var hasCRLFInIndex: Bool
        var attributes: String

        init?(_ token: [UInt8]) {
            guard let tab = token.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
            path = String(decoding: token[(tab + 1)...], as: UTF8.self)
            let head = String(decoding: token[..<tab], as: UTF8.self)
            guard let attributes = head.firstRange(of: " attr/"), head.hasPrefix("i/") else { return nil }
            let index = head.dropFirst(2).prefix { $0 != " " }
            hasCRLFInIndex = index == "crlf" || index == "mixed"
            var text = head[attributes.upperBound...]
            while text.last == " " { text.removeLast() }
            self.attributes = String(text)
        }
    }
}
