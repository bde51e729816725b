import RosterBridges
import RosterBytes
import RosterEditing
import RosterGit
import RosterRuntime
import RosterWorkspace

extension RuntimeSession {
    /// Returns the providers of an export, each once, in the order of their names on the command line or of the registry.
    ///
    /// - Throws: ``CommandFailure`` when a provider has errors, or two providers have the same variables.
    func exportedProviders(named names: [String], in project: String?) throws -> [ExportedProvider] {
        do {
            var seen: Set<String> = []
            let found = names.isEmpty ? try providers.all(in: project, provider) : try names.map(provider)
            let exported = try found.filter { seen.insert($0.name).inserted }.map { try ExportedProvider($0) }
            let prefixes = exported.map { ($0.name, VariablePrefix($0.name)) }
            if let (first, second) = VariablePrefix.collision(among: prefixes) {
                throw CommandFailure.impossible(
                    "\(first) and \(second) would have the same variables, \(VariablePrefix(first).text)_…",
                    help: "export one of them, or rename it: roster provider update \(second) --handle …"
                )
            }
            return exported
        } catch let failure as EditFailure {
            throw CommandFailure(failure)
        } catch let failure as ProviderFailure {
            throw CommandFailure(failure)
        }
    }

    /// Refuses to replace a file of the repository that is read.
    func refuseSource(_ file: String) throws {
        guard try isSource(file) else { return }
        throw CommandFailure.usage("\(file) is one of the repository's own files", help: "name another file")
    }

    /// Writes an export to standard output, or to a file that is replaced atomically.
    func write(_ text: String, to output: String?) throws {
        guard let output else { return try context.standardOutput.write(text) }
        do {
            var file = try AtomicFile(path: context.absolutePath(output), shownAs: output)
            try file.write(Array(text.utf8))
            try file.finish()
        } catch { throw CommandFailure(error) }
    }

    /// Writes an export with keys to a file that only the user can read, and returns what the file does not contain.
    ///
    /// Nothing is written when one of the keys may not be sent to its provider.
    func writeValues(
        of providers: [ExportedProvider],
        as format: ExportFormat,
        to output: String
    ) async throws -> [ExportFinding] {
        do {
            let file = try AtomicFile(path: context.absolutePath(output), shownAs: output, isPrivate: true)
            var export = try ValuesExport(format, providers, to: file)
            for provider in providers {
                guard !provider.registered.isAmbient else {
                    export.leaveOutKey(of: provider)
                    continue
                }
                let endpoint = try open(provider.registered)
                _ = try await client().checkAddresses(of: endpoint.origin)
                try export.append(provider, endpoint)
            }
            let findings = export.findings
            try export.finish()
            try noteWorkTree(of: output)
            return findings
        } catch let failure as EditFailure {
            throw CommandFailure(failure)
        } catch let failure as ProviderFailure {
            throw CommandFailure(failure)
        }
    }

    /// Prints a note about a file that `git add .` would publish.
    private func noteWorkTree(of file: String) throws {
        let path = FilePaths.resolvingFolder(context.absolutePath(file))
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "/"
        guard let top = GitTopLevel(of: folder.isEmpty ? "/" : folder) else { return }
        try note("note: \(file) is in the git work tree \(top.folder): keep it out of commits")
    }

    /// Prints findings on standard error.
    func report(_ findings: [ExportFinding]) throws {
        for finding in findings {
            let message = PrintableText.escape(finding.message, breakingCommands: context.isGitHubActions)
            try context.standardError.write("warning: \(CommandFailure.masked(message))\n")
        }
    }
}
