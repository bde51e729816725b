import Glibc
import RosterCompiler
import RosterEditing
import RosterGit
package import RosterModel
import RosterSemantics
import RosterSources
import SealedBoxes

/// The creation of a repository, or of the files that an existing one lacks.
package struct RepositoryCreation: Sendable {
    let repository: Repository
    let today: CalendarDate

    /// Creates the files of a repository in a folder.
    ///
    /// - Throws: ``WorkspaceFailure`` when there is no such folder.
    package init(
        in folder: String,
        today: CalendarDate,
        concurrency: Int,
        environment: @escaping @Sendable (_ name: String) -> String?
    ) throws(WorkspaceFailure) {
        guard let real = FilePaths.resolvingLinks(folder) else {
            throw WorkspaceFailure(.notFound, "there is no folder \(folder)", help: "make it: mkdir \(folder)")
        }
        repository = try Repository(
            named: real,
            below: real,
            needsRoster: false,
            concurrency: concurrency,
            environment: environment
        )
        self.today = today
    }

    /// The folder that the files are written to: git's top level, or the registry outside git.
    private var top: String { repository.topLevel?.folder ?? repository.root }

    /// A Boolean value that indicates whether the folder has a registry.
    private var hasRegistry: Bool { exists(repository.pathPrefix + RepositoryLayout.rosterFile) }

    private func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(top + "/" + path, &status) == 0
    }

    /// Writes the files that do not exist, with a new sealing key when there is no registry yet.
    ///
    /// - Parameters:
    ///   - project: the handle of the first project; nil for the folder's name.
    ///   - host: the choices for the files of the host.
    ///   - makeID: returns a new id with a prefix.
    ///   - identityWriter: the writer of the key's identity.
    /// - Returns: the state of each file.
    /// - Throws: ``WorkspaceFailure``, `EditFailure` and `SealingFailure`; then no file was written.
    package func run(
        _ project: String?,
        _ host: HostOptions,
        makeID: (_ prefix: String) -> String,
        identityWriter: IdentityWriter
    ) async throws -> CreatedRepository {
        let handle = try handle(project)
        try await repository.refuseSparseCheckout()
        let git = try? await repository.git()
        var created = CreatedRepository(options: host, project: handle)
        created.branch = (try? await git?.mainBranch()) ?? "main"
        created.hasWorkflow = occupant(of: ".github/workflows/roster.yaml") != nil
        created.hasOwners = occupant(of: ".github/CODEOWNERS") != nil
        let hostFiles = try HostFiles(host, prefix: repository.pathPrefix, branch: created.branch).files
        var files: [NewFile]
        if hasRegistry {
            try await refuseOtherProject(project)
            files = NewRegistry.supportingFiles
        } else {
            let (key, path) = try makeKey(identityWriter)
            files = NewRegistry(project: handle, projectID: makeID("proj_"), key: key, today: today).files
            created.identity = path
            created.key = key
        }
        for index in files.indices { files[index].path = repository.pathPrefix + files[index].path }
        created.files = try write(files + hostFiles)
        if let key = created.key { created.isKeyTrusted = await repository.acceptsNewKey(key, today: today) }
        // Without it, diffs are harder to read, which is not a reason to fail.
        created.hasDiffDriver = (try? await git?.setDiffDriver()) != nil
        return created
    }

    private func handle(_ project: String?) throws(WorkspaceFailure) -> String {
        if let project {
            guard Handle(project) != nil else {
                throw WorkspaceFailure(
                    .usage,
                    "\"\(project)\" is not a handle",
                    help: "it is 1 to 63 of a-z, 0-9 and inner hyphens, such as acme"
                )
            }
            return project
        }
        let name = repository.root.split(separator: "/").last.map { $0.lowercased() } ?? ""
        return Handle(name) == nil ? "main" : name
    }

    /// Refuses to add a project to an existing registry.
    private func refuseOtherProject(_ project: String?) async throws {
        guard let project else { return }
        let found = try await repository.analyze(repository.compiler(today: today), .workingTree) { _, _ in }
        guard !found.outline.projects.contains(where: { $0.handle == project }) else { return }
        throw WorkspaceFailure(
            .unwritable,
            "there is a roster.yaml in \(repository.root) already, without the project \(project)",
            help: "add the project: roster project add \(project)"
        )
    }

    private func makeKey(_ writer: IdentityWriter) throws -> (key: SealingPublicKey, path: String) {
        let identity: Identity
        do { identity = try Identity.generate() } catch { throw SealingFailure(.noMemory, "the key") }
        let path = try writer.path(nil, key: identity.publicKey.id)
        try writer.write(identity, to: path)
        return (identity.publicKey, path)
    }

    /// Writes the new files, all or none, and returns each with its state.
    private func write(_ files: [NewFile]) throws -> [CreatedRepository.File] {
        let states = files.map { file in
            guard let other = occupant(of: file.path) else { return CreatedRepository.File(file, .written) }
            let isSame = other == file.path && bytes(of: other) == Array(file.text.utf8)
            return CreatedRepository.File(file, isSame ? .unchanged : .kept(path: other))
        }
        try WorkingTreeWriter(root: top).apply(
            states.filter { $0.state == .written }.map { .create(path: $0.file.path, bytes: Array($0.file.text.utf8)) }
        )
        return states
    }

    /// The existing file in the place of a new one; nil when there is none.
    ///
    /// A host reads one CODEOWNERS of several places, so that a new one could replace the user's without a trace.
    private func occupant(of path: String) -> String? {
        let names = [
            ["CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"],
            [".github/workflows/roster.yaml", ".github/workflows/roster.yml"],
            [".github/workflows/review.yaml", ".github/workflows/review.yml"],
        ]
        let places = names.first { $0.contains(path) } ?? []
        return ([path] + places).first(where: exists)
    }

    private func bytes(of path: String) -> [UInt8]? { try? RepositoryFile.bytes(at: path, in: top) }
}
