import Glibc
import RosterEditing
import RosterPublication
import RosterSources
import SealedBoxes

extension CommandFailure {
    /// Reads the key that signs publications.
    static func publishingKey(_ file: String?, _ context: CommandContext) throws -> SigningPrivateKey {
        do throws(SigningKeySource.Problem) {
            return try SigningKeySource.load(
                file: file,
                variables: context.variables,
                currentFolder: context.currentFolder
            )
        } catch {
            switch error {
            case .noKey:
                throw CommandFailure.impossible(
                    "there is no key to sign with",
                    help: "give --key FILE, or make one: roster key generate --publishing -o FILE"
                )
            case .file(let path, .unreadable(let code)): throw cannotRead(path, errno: code)
            case .file(let path, let problem): throw CommandFailure.impossible("\(path) \(problem.predicate())")
            case .text(let place, let problem):
                throw CommandFailure.impossible("\(place) has no key to sign with: \(problem)")
            }
        }
    }

    /// Reads a compiled registry.
    static func registryFile(_ name: String, _ context: CommandContext) throws -> [UInt8] {
        let limit = PublicationLimits.registry
        let bytes = try RepositoryFile.bytes(atPath: context.absolutePath(name), shownAs: name, limit: limit)
        guard let bytes else {
            throw CommandFailure.impossible("\(name) has more than \(limit) bytes, and cannot be published")
        }
        return bytes
    }
}
