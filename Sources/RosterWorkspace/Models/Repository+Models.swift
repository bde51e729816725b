package import RosterCatalogue
import RosterCompiler
import RosterSemantics
import RosterSources

extension Repository {
    /// Returns the catalogue that the models of a source are compared with: its own, or the one inside the program, also
    /// without a registry.
    ///
    /// - Throws: ``WorkspaceFailure`` when the source cannot be read, or its own catalogue has a mistake.
    package func models(of source: RepositorySource) async throws -> ModelCatalogue {
        if case .workingTree = source, !hasRoster { return .builtIn }
        let file = try await withTree(of: source, Reading(asksForTimes: false)) { tree in
            try await ModelsFile(of: try await ListedTree(of: tree))
        }
        guard let problem = file.problem else { return file.catalogue ?? .builtIn }
        let path = pathPrefix + RepositoryLayout.modelsFile
        throw WorkspaceFailure(
            .unreadable,
            "\(problem.position(in: file.bytes, of: path)): \(problem.message)",
            help: "correct it, or build it again: roster models catalogue build"
        )
    }
}

extension CatalogueProblem {
    /// Returns the position as `file:line:column`; the file alone for a problem with the whole of it.
    func position(in bytes: [UInt8], of path: String) -> String {
        guard !isOfWholeFile else { return path }
        let (line, column) = position(in: bytes)
        return "\(path):\(line):\(column)"
    }
}
