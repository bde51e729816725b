import Glibc
import RosterBytes
package import RosterCompiler
package import RosterDiagnostics
import RosterModel
import RosterSources

/// The files that a report is limited to, as the user names them.
package struct ReportedFiles: Sendable {
    /// A file of the command line.
    fileprivate struct File: Sendable {
        /// The path as the user wrote it, shortened for messages.
        var argument: String
        /// The absolute path.
        var absolute: String
        /// The path relative to the registry's folder.
        var name: String
    }

    private let files: [File]
    private let pathPrefix: String

    /// The paths, relative to git's top level, in order and without repetitions.
    package var paths: [String] { Set(files.map { pathPrefix + $0.name }).sorted { $0.precedesInBytes($1) } }

    /// Finds the files of a repository that arguments name, whether or not they exist.
    ///
    /// - Parameters:
    ///   - arguments: paths, absolute or relative to the current folder.
    ///   - currentFolder: the absolute path of the current folder.
    ///   - repository: the repository.
    /// - Throws: ``WorkspaceFailure`` for a path outside of the registry's folder.
    package init(
        _ arguments: [String],
        below currentFolder: String,
        in repository: Repository
    ) throws(WorkspaceFailure) {
        pathPrefix = repository.pathPrefix
        let roots = [repository.root, FilePaths.resolvingLinks(repository.root)].compactMap(\.self)
        files = try arguments.map { argument throws(WorkspaceFailure) in
            guard !argument.isEmpty else { throw WorkspaceFailure(.usage, "the name of a file is empty") }
            let shown = argument.excerpt(300)
            let absolute = FilePaths.resolvingFolder(
                argument.hasPrefix("/") ? argument : currentFolder + "/" + argument
            )
            guard !roots.contains(absolute) else {
                throw WorkspaceFailure(
                    .usage,
                    "\(shown) is the registry's folder, not a file of it",
                    help: "name its files, or none to report on all"
                )
            }
            let start = roots.map { $0 == "/" ? "/" : $0 + "/" }.first { absolute.hasPrefix($0) }
            guard let start else {
                throw WorkspaceFailure(
                    .usage,
                    "\(shown) is outside of \(repository.root)",
                    help: "name files of this registry, or its folder with --repo"
                )
            }
            return File(argument: shown, absolute: absolute, name: String(absolute.dropFirst(start.count)))
        }
    }

    /// Checks that every file was read, or has a problem.
    ///
    /// - Parameters:
    ///   - diagnosis: the problems of the whole registry.
    ///   - source: the state of the registry that was read.
    /// - Throws: ``WorkspaceFailure`` for a missing file, and for one that is not a file of a registry.
    package func check(_ diagnosis: Diagnosis, of source: RepositorySource) throws(WorkspaceFailure) {
        let known = Set(diagnosis.paths).union(diagnosis.diagnostics.map(\.place.path))
        for file in files where !known.contains(pathPrefix + file.name) {
            throw file.failure(of: source)
        }
    }
}

extension ReportedFiles.File {
    /// Returns the reason for which a report on the file would be empty.
    fileprivate func failure(of source: RepositorySource) -> WorkspaceFailure {
        let isInRegistry =
            name == RepositoryLayout.rosterFile
            || [FileRole.provider, .secret].contains { name.hasPrefix($0.folder + "/") }
        var message = "\(argument) is not a file of the registry"
        switch source {
        case .revision(let revision, _, _) where isInRegistry:
            return WorkspaceFailure(.notFound, "\(revision) has no file \(name.excerpt(300))")
        case .index where isInRegistry: return WorkspaceFailure(.notFound, "\(name.excerpt(300)) is not staged")
        case .revision, .index: break
        case .workingTree:
            var status = stat()
            guard unsafe lstat(absolute, &status) == 0 else {
                message = "there is no file \(argument)"
                guard isInRegistry else { break }
                return WorkspaceFailure(.notFound, message)
            }
            if status.st_mode & S_IFMT == S_IFDIR {
                return WorkspaceFailure(.usage, "\(argument) is a folder", help: "name its files")
            }
        }
        return WorkspaceFailure(
            .usage,
            message,
            help: "its files are roster.yaml, providers/PROJECT/HANDLE.yaml and secrets/PROJECT/HANDLE.yaml"
        )
    }
}

extension Diagnosis {
    /// Returns the report on some files.
    ///
    /// - Parameters:
    ///   - files: the files that the report is limited to; nil for all.
    ///   - listsFiles: a Boolean value that indicates whether files without a problem are listed.
    /// - Returns: the report, whose numbers of problems are those of the files.
    package func report(on files: ReportedFiles?, listsFiles: Bool) -> Report {
        var report = Report(
            diagnostics: diagnostics,
            files: listsFiles ? paths : [],
            summary: summary,
            rules: RuleCatalogue.descriptions,
            toolVersion: RosterVersion.text
        )
        guard let files else { return report }
        let reported = files.paths
        let wanted = Set(reported)
        report.diagnostics = diagnostics.filter { wanted.contains($0.place.path) }
        if listsFiles { report.files = reported }
        report.reportedFiles = reported
        report.summary.errors = report.diagnostics.count { $0.severity == .error }
        report.summary.warnings = report.diagnostics.count - report.summary.errors
        return report
    }
}
