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
            case .file(let path, let problem): throw unreadableKey(path, problem)
            case .text(let place, let problem):
                throw CommandFailure.impossible("\(place) has no key to sign with: \(problem)")
            }
        }
    }

    private static func unreadableKey(_ path: String, _ problem: SecretFile.Problem) -> CommandFailure {
        switch problem {
        case .unreadable(let code): return cannotRead(path, errno: code)
        case .notAFile: return impossible("\(path) is not a file")
        case .owner: return impossible("\(path) belongs to another user", help: "make a copy that only you can read")
        case .permissions:
            return impossible(
                "\(path) can be read by other users",
                help: "let only its owner read it: chmod 600 \(path)"
            )
        case .noWriter(let seconds): return impossible("no program wrote to \(path) within \(seconds) seconds")
        case .tooLong: return impossible("\(path) is too long for a key")
        case .noMemory: return impossible("there is no memory for a key")
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
