import RosterBridges
import RosterEditing
import RosterWorkspace
import SealedBoxes

extension CommandContext {
    /// The largest configuration that is read, in bytes.
    private static let configurationLimit = 1024 * 1024

    /// Reads a configuration of LiteLLM and the files that it includes.
    func liteLLM(_ file: String, models: [String: String]) throws -> LiteLLMImport {
        // A mounted configuration is often a link; the included files are next to the file itself.
        let path = FilePaths.resolvingLinks(absolutePath(file)) ?? absolutePath(file)
        let bytes = try Self.configuration(path, shownAs: file)
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        return try LiteLLMImport(bytes, named: file, models: models) { (name) throws(ImportFailure) in
            do throws(EditFailure) {
                let file = try RepositoryFile(name, in: folder.isEmpty ? "/" : folder)
                guard let bytes = try file.read(limit: Self.configurationLimit) else {
                    throw EditFailure(.unreadable, "it has more than \(Self.configurationLimit) bytes")
                }
                return bytes
            } catch { throw ImportFailure(error.message, help: error.help) }
        }
    }

    private static func configuration(_ path: String, shownAs shown: String) throws -> [UInt8] {
        guard let bytes = try RepositoryFile.bytes(atPath: path, shownAs: shown, limit: configurationLimit) else {
            throw ImportFailure("\(shown): the configuration has more than \(configurationLimit) bytes")
        }
        return bytes
    }

    /// Returns the variables of a file, of the environment for `-`, or none.
    func variables(file: String?) throws -> ImportVariables {
        guard let file else { return .none }
        guard file != "-" else { return ImportVariables(process: variables) }
        return try variables(inFile: file)
    }

    /// Returns the variables of a file.
    func variables(inFile file: String) throws -> ImportVariables {
        ImportVariables(file: try DotenvFile(path: absolutePath(file), shownAs: file), named: file)
    }
}

extension CommandFailure {
    /// Creates the failure of a command from a file that cannot be imported.
    init(_ failure: ImportFailure) {
        self.init(exitCode: 1, message: failure.message + ": nothing was written", help: failure.help)
    }
}
