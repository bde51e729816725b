import RosterBridges
import RosterBytes
import RosterEditing
import RosterRuntime
import RosterWorkspace

extension RuntimeSession {
    /// Returns the providers of an export, each once, in the order of their names on the command line or of the registry.
    ///
    /// - Throws: ``CommandFailure`` when a provider has errors, or two providers have the same variables.
    func exportedProviders(named names: [String], in project: String?) throws -> [ExportedProvider] {
        do {
            var exported: [ExportedProvider] = []
            for name in names.isEmpty ? try providers.places(in: project) : names {
                let provider = try ExportedProvider(self.provider(name))
                if !exported.contains(where: { $0.name == provider.name }) { exported.append(provider) }
            }
            if let (first, second) = VariablePrefix.collision(among: exported.map(\.name)) {
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

    /// Writes an export to standard output, or to a file that is replaced at once.
    func write(_ text: String, to output: String?) throws {
        guard let output else { return try context.standardOutput.write(text) }
        do {
            var file = try AtomicFile(path: context.absolutePath(output), shownAs: output)
            try file.write(Array(text.utf8))
            try file.finish()
        } catch { throw CommandFailure(error) }
    }

    /// Prints findings on standard error.
    func report(_ findings: [ExportFinding]) throws {
        for finding in findings {
            let message = PrintableText.escape(finding.message, breakingCommands: context.isGitHubActions)
            try context.standardError.write("warning: \(CommandFailure.masked(message))\n")
        }
    }
}
