import RosterBackend
import RosterFrontend
package import RosterModel
import RosterSemantics
package import RosterSources

extension Compiler {
    /// Analyzes a tree again in which only the contents of some providers changed.
    ///
    /// Only the changed files are read, parsed and linked. The rules about the whole repository run on all records, so that
    /// the diagnostics are those of a complete analysis.
    ///
    /// - Parameters:
    ///   - earlier: An analysis without errors of the same tree with the same files.
    ///   - listed: The tree, with the listing of the earlier analysis.
    ///   - changed: The providers that changed, in order.
    /// - Returns: The analysis of the changed tree; nil when a changed file cannot be parsed, so that everything has to be
    ///   analyzed.
    /// - Throws: An error of the tree.
    package func reanalyze(
        _ earlier: AnalyzedRepository,
        of listed: ListedTree,
        changed: [FileIndex]
    ) async throws -> AnalyzedRepository? {
        let listing = listed.listing
        guard !earlier.hasErrors else { return nil }
        var files = earlier.files
        var providers = earlier.repository.table
        var parser = FileParser(listing, config: PipelinePurpose.analysis.configForm)
        var linker = Linker(earlier.repository.index)
        try await listed.tree.read(changed.map { listing.files[$0] }[...]) { position, reading in
            let file = CheckedFile(parser.parse(changed[position], as: .provider, reading))
            if case .provider(let provider) = file.record { providers.replace(provider, linker.link(provider)) }
            files[changed[position]] = file
        }
        for file in changed {
            guard case .provider = files[file].record else { return nil }
        }
        let isChanged = Set(changed)
        var result = PipelineResult(
            files: files,
            findings: earlier.findings.outside(isChanged),
            index: earlier.repository.index,
            providers: providers,
            models: earlier.repository.models,
            linkFindings: earlier.linkFindings.outside(isChanged),
            linkedSecrets: providers.linkedSecrets,
            unresolvedLinks: linker.unresolved
        )
        result.findings.append(contentsOf: parser.findings)
        result.linkFindings.append(contentsOf: linker.findings)
        return AnalyzedRepository(await finish(result, listed), pathPrefix: options.pathPrefix)
    }
}

extension AnalyzedRepository {
    /// Builds the registry of a tree in which only some providers changed.
    ///
    /// - Parameters:
    ///   - earlier: The registry before the change, with the same records.
    ///   - changed: The providers that changed.
    ///   - history: The history that dates the changed providers; all others keep their dates.
    /// - Returns: The registry; nil when there are errors.
    package func registry(
        updating earlier: Registry,
        changed: [FileIndex],
        history: TreeHistory
    ) -> Registry? {
        guard !hasErrors else { return nil }
        var registry = earlier
        registry.revision = Registry.Revision(history)
        let builder = RegistryBuilder(repository, files: files, history: history)
        for file in changed {
            // The first file is `roster.yaml`, and the providers follow in the registry's order.
            let position = file - 1
            guard registry.providers.indices.contains(position), let provider = builder.provider(at: position),
                provider.source.path == registry.providers[position].source.path
            else { return nil }
            registry.providers[position] = provider
        }
        return registry
    }

    /// Returns the files at some indices, for a ``HistorySource``.
    package func datedFiles(at indices: [FileIndex]) -> [DatedFile] {
        indices.map { index in
            DatedFile(
                path: repository.listing.files[index].path,
                bytes: files[index].bytes,
                modified: files[index].modified
            )
        }
    }
}

extension Findings {
    /// Returns the findings whose place is not in some files.
    fileprivate func outside(_ files: Set<FileIndex>) -> Findings {
        var others = self
        others.removeAll { finding in
            if case .file(let file, _) = finding.place { files.contains(file) } else { false }
        }
        return others
    }
}
