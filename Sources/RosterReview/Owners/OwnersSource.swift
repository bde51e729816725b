import RosterCompiler
import RosterJSON
import RosterModel
package import RosterSources

/// The owners of files according to a branch.
package struct OwnersSource: Sendable {
    /// The parsed file; nil if it exists and cannot be read, so that owners are unknown.
    private let file: CodeOwners?

    /// A side without any CODEOWNERS file.
    package static let none = OwnersSource(file: CodeOwners("", dialect: .github))

    /// Paths of the file, in the order in which hosts search them.
    private static let places: [(folder: String, name: String)] = [
        (".github", "CODEOWNERS"), ("", "CODEOWNERS"), ("docs", "CODEOWNERS"), (".gitlab", "CODEOWNERS"),
    ]

    /// Reads the CODEOWNERS file of a tree at git's top level.
    ///
    /// A file with section headings, and one in `.gitlab`, is parsed like GitLab, any other like GitHub. Owners are
    /// unknown if the file cannot be read, is too large or is a link.
    package static func read(from tree: (any SourceTree)?) async throws -> OwnersSource {
        guard let tree, case .success(let top) = try await tree.list([TreeFolder(path: "")], limit: .max)[0] else {
            return tree == nil ? .none : OwnersSource(file: nil)
        }
        for place in places {
            var entries = top
            if !place.folder.isEmpty {
                guard let folder = top.first(where: { $0.name == place.folder && $0.kind == .folder }) else { continue }
                let asked = TreeFolder(path: place.folder, object: folder.object)
                switch try await tree.list([asked], limit: .max)[0] {
                case .success(let found): entries = found
                case .failure(let failure) where failure.isMissing: continue
                case .failure: return OwnersSource(file: nil)
                }
            }
            guard let entry = entries.first(where: { $0.name == place.name && $0.kind != .folder }) else { continue }
            return OwnersSource(file: try await read(entry, in: place.folder, of: tree))
        }
        return .none
    }

    private static func read(
        _ entry: TreeEntry,
        in folder: String,
        of tree: any SourceTree
    ) async throws -> CodeOwners? {
        guard entry.kind == .file else { return nil }
        let file = TreeFile(folder: folder, name: entry.name, object: entry.object, limit: CodeOwners.sizeLimit)
        var contents: [UInt8]?
        try await tree.read([file]) { _, reading in
            if case .contents(let bytes, _) = reading { contents = bytes }
        }
        guard let contents else { return nil }
        let text = String(decoding: contents, as: UTF8.self)
        let isGitLab = folder == ".gitlab" || OwnersLine.lines(of: text).contains { OwnersLine.Heading($0) != nil }
        return CodeOwners(text, dialect: isGitLab ? .gitlab : .github)
    }

    /// Returns rows with the owners of their files; a row of a moved record has those of both paths.
    package func naming(_ changes: [Change], pathPrefix: String) -> [Change] {
        var known: [String: [String]?] = [:]
        var steps = 0
        func owners(_ path: String) -> [String]? {
            if let found = known[path] { return found }
            let found = file?.owners(of: path, steps: &steps)
            known[path] = found
            return found
        }
        return changes.map { change in
            var change = change
            let lists = change.paths(pathPrefix: pathPrefix).map(owners)
            var seen: Set<String> = []
            change.owners =
                lists.contains(nil) ? nil : lists.compactMap(\.self).joined().filter { seen.insert($0).inserted }
            return change
        }
    }
}

extension Change {
    /// The path of the row's file, and its path in the base if it moved.
    fileprivate func paths(pathPrefix: String) -> [String] {
        let role: FileRole
        switch kind {
        case .provider: role = .provider
        case .secret: role = .secret
        default: return [path]
        }
        guard let field = fields.first(where: { $0.path == "handle" }), case .string(let before)? = field.before else {
            return [path]
        }
        let earlier = pathPrefix + role.folder + "/" + before + RepositoryLayout.recordSuffix
        return earlier == path ? [path] : [path, earlier]
    }
}
