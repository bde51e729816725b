package import RosterCompiler
package import RosterGit
package import RosterSources

/// The repository that a review reads: its git, its compiler, and the files of its working tree.
package struct ReviewedRepository: Sendable {
    /// The git repository around it.
    package let git: GitRepository
    /// The path of the registry's folder relative to git's top level: empty, or with a `/` at its end.
    package let pathPrefix: String
    /// The file that git reads instead of the usual index, in a hook; nil outside hooks.
    package let indexFile: String?
    let compiler: Compiler
    let openWorkingTree: @Sendable () async throws -> ReviewSource
    let datesOfFiles: @Sendable (_ checked: AnalyzedRepository, _ side: RevisionSide) async throws -> TreeHistory?

    /// Describes a repository.
    ///
    /// - Parameters:
    ///   - git: the git repository, whose processes are kept running.
    ///   - pathPrefix: the path of the registry's folder relative to git's top level.
    ///   - indexFile: the file that git reads instead of the usual index; nil for the usual one.
    ///   - compiler: the compiler of its files.
    ///   - openWorkingTree: returns the trees of the working tree.
    ///   - datesOfFiles: returns the dates of the files of a side; nil when its history is not complete.
    package init(
        git: GitRepository,
        pathPrefix: String,
        indexFile: String?,
        compiler: Compiler,
        openWorkingTree: @escaping @Sendable () async throws -> ReviewSource,
        datesOfFiles:
            @escaping @Sendable (_ checked: AnalyzedRepository, _ side: RevisionSide) async throws -> TreeHistory?
    ) {
        var git = git
        git.keepProcesses()
        self.git = git
        self.pathPrefix = pathPrefix
        self.indexFile = indexFile
        self.compiler = compiler
        self.openWorkingTree = openWorkingTree
        self.datesOfFiles = datesOfFiles
    }
}
