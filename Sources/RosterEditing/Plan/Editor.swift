package import RosterCompiler
import RosterDiagnostics
import RosterFrontend
import RosterJSON
import RosterModel
package import RosterSemantics
package import RosterSources

/// Plans edits of one checked state of a repository.
///
/// The command line, the server and MCP use it. It writes no files.
package struct Editor: Sendable {
    package let checked: AnalyzedRepository
    package let survey: PartialRegistry.Outline
    /// The files by path.
    let contents: [String: [UInt8]]
    private let tree: any SourceTree
    private let compiler: Compiler
    package let pathPrefix: String
    /// Returns a new id with a prefix.
    package let makeID: @Sendable (_ prefix: String) -> String

    /// A Boolean value that indicates whether the tree is immutable, so that only edited files need to be read again.
    private let areOthersUnchanged: Bool

    /// Creates an editor for exactly the state that `compiler` has checked, even if the tree changes.
    package init(
        _ checked: AnalyzedRepository,
        compiler: Compiler,
        pathPrefix: String,
        makeID: (@Sendable (_ prefix: String) -> String)? = nil
    ) {
        self.init(
            checked,
            of: CheckedTree(checked.contents),
            compiler: compiler,
            pathPrefix: pathPrefix,
            isFixed: true,
            makeID: makeID
        )
    }

    /// Creates an editor for a tree that `compiler` has checked and that may change.
    package init(
        _ checked: AnalyzedRepository,
        of tree: any SourceTree,
        compiler: Compiler,
        pathPrefix: String,
        makeID: (@Sendable (_ prefix: String) -> String)? = nil
    ) {
        self.init(
            checked,
            of: tree,
            compiler: compiler,
            pathPrefix: pathPrefix,
            isFixed: false,
            makeID: makeID
        )
    }

    private init(
        _ checked: AnalyzedRepository,
        of tree: any SourceTree,
        compiler: Compiler,
        pathPrefix: String,
        isFixed: Bool,
        makeID: (@Sendable (_ prefix: String) -> String)?
    ) {
        self.makeID = makeID ?? { RandomID.make(prefix: $0) }
        areOthersUnchanged = isFixed
        self.checked = checked
        survey = checked.outline
        contents = checked.contents
        self.tree = tree
        self.compiler = compiler
        self.pathPrefix = pathPrefix
    }

    /// Returns a file as it was when the repository was checked.
    package func read(_ path: String) throws(EditFailure) -> [UInt8] {
        guard let bytes = contents[path] else {
            throw EditFailure(.unreadable, "\(path) cannot be read", help: "see why: roster check")
        }
        return bytes
    }

    /// Returns the plan of a requested change.
    ///
    /// - Throws: ``EditFailure``; with `force`, not for new errors of files that can be read.
    package func plan(
        _ change: WantedChange,
        force: Bool = false,
        expecting expected: Set<String> = []
    ) async throws -> EditPlan {
        try await plan(try files(of: change, force: force), force: force, expecting: expected)
    }

    /// Returns a plan of edited files, each compared with its intended value, and all of them checked together.
    ///
    /// `expected` contains the rules whose errors this kind of edit causes and a following command fixes.
    package func plan(
        _ files: [EditedFile],
        force: Bool = false,
        expecting expected: Set<String> = []
    ) async throws -> EditPlan {
        try files.forEach(Self.compare)
        let changes = files.map(\.change)
        let results = changes.flatMap(\.results)
        let overlay = OverlayTree(tree, changes: Dictionary(results.map { ($0.path, $0.bytes) }) { _, last in last })
        let unchanged = areOthersUnchanged ? ReusableFiles(of: checked, except: Set(results.map(\.path))) : nil
        let after = try await compiler.analyze(overlay, reusing: unchanged)
        let new = newDiagnostics(after.diagnostics, changes)
        let errors = new.filter { $0.severity == .error && !expected.contains($0.rule) }
        // A file that cannot be parsed cannot be compared with its intended value, and no command could fix it.
        let isReadable = !errors.contains { Self.rulesOfUnreadableFiles.contains($0.rule) }
        guard errors.isEmpty || force && isReadable else {
            var failure = EditFailure(
                .refused,
                "nothing was written: the change would bring \(errors.count == 1 ? "this error" : "these errors")",
                help: "fix \(errors.count == 1 ? "it" : "them")"
                    + (isReadable ? ", or write anyway: --force" : "")
            )
            failure.diagnostics = errors
            throw failure
        }
        return EditPlan(changes: changes, newDiagnostics: new, pathPrefix: pathPrefix)
    }

    private static let rulesOfUnreadableFiles: Set = [
        FileTooLarge.name, NestingTooDeep.name, InvalidEncoding.name, HiddenCharacter.name, YAMLSyntaxRule.name,
    ]

    /// Compares an edited file with its intended value.
    private static func compare(_ file: EditedFile) throws {
        guard let intended = file.intended, let last = file.change.results.last, let bytes = last.bytes else { return }
        guard let object = PlainDocument.object(in: bytes),
            JSONValue.object(object).isEquivalent(to: .object(intended))
        else { throw EditFailure(.unfaithful, path: last.path) }
    }

    private func newDiagnostics(_ found: [Diagnostic], _ changes: [FileChange]) -> [Diagnostic] {
        var moved: [String: String] = [:]
        for case .move(let path, let to, _, _) in changes { moved[pathPrefix + path] = pathPrefix + to }
        var known: [[String]: Int] = [:]
        for diagnostic in checked.diagnostics {
            let path = moved[diagnostic.place.path] ?? diagnostic.place.path
            known[[diagnostic.rule, path, diagnostic.message], default: 0] += 1
        }
        return found.filter { diagnostic in
            let identity = [diagnostic.rule, diagnostic.place.path, diagnostic.message]
            guard let count = known[identity], count > 0 else { return true }
            known[identity] = count - 1
            return false
        }
    }

    /// Returns `roster.yaml` with an edited value.
    func roster(_ body: (inout JSONObject) throws(EditFailure) -> Void) throws(EditFailure) -> EditedFile {
        try edited(RepositoryLayout.rosterFile, as: .roster, body)
    }

    /// Returns a file with an edited value.
    func edited(
        _ path: String,
        as role: FileRole,
        _ body: (inout JSONObject) throws(EditFailure) -> Void
    ) throws(EditFailure) -> EditedFile {
        let old = try read(path)
        let (new, target) = try Self.edit(old, path, as: role, body)
        return EditedFile(.replace(path: path, old: old, new: new), intended: target)
    }

    static func edit(
        _ old: [UInt8],
        _ path: String,
        as role: FileRole,
        _ body: (inout JSONObject) throws(EditFailure) -> Void
    ) throws(EditFailure) -> (bytes: [UInt8], says: JSONObject) {
        do {
            var document = try EditedDocument(old, as: role)
            var target = document.contents
            try body(&target)
            try document.become(target)
            return (document.bytes, target)
        } catch let problem as EditedDocument.Problem {
            throw EditFailure(problem, path: path)
        } catch let failure as EditFailure {
            throw failure
        } catch {
            throw EditFailure(.unfaithful, path: path)
        }
    }
}
