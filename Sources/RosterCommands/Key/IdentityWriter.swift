import Glibc
import RosterCompiler
import RosterGit
import SealedBoxes

/// Writes the file of a new identity, readable by its owner alone, and never overwrites one.
struct IdentityWriter {
    let context: CommandContext

    /// Returns the path of an identity: the given one, or one in the user's own folder.
    func path(_ named: String?, key: String) throws -> String {
        if let named {
            let path = context.absolutePath(named)
            try refuseWorkTree(path)
            return path
        }
        guard let folder = context.identitySources([]).folder else {
            throw CommandFailure.impossible(
                "HOME is not set, so there is no place for the identity",
                help: "name one: -o FILE"
            )
        }
        var made = ""
        for part in folder.split(separator: "/") {
            made += "/" + part
            unsafe mkdir(made, 0o700)
        }
        return folder + "/" + key
    }

    /// Writes the identity.
    func write(_ identity: borrowing Identity, to path: String) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let code = errno
            guard code != EEXIST else {
                throw CommandFailure.impossible("\(path) is there already, and an identity is never overwritten")
            }
            throw CommandFailure.cannotWrite(path, errno: code)
        }
        do {
            defer { close(descriptor) }
            let stream = OutputStream(descriptor: descriptor)
            try stream.write(
                "# Roster identity for \(identity.publicKey.id), created \(context.today)\n"
                    + "# public key: \(identity.publicKey.base64)\n"
            )
            try unsafe identity.withLine { line in
                var written = 0
                while written < line.count {
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: line[written...])
                    let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
                    if count < 0 && errno == EINTR { continue }
                    guard count > 0 else { throw CommandFailure.cannotWrite(path, errno: errno) }
                    written += count
                }
            }
            try stream.write("\n")
            guard fsync(descriptor) == 0 else { throw CommandFailure.cannotWrite(path, errno: errno) }
        } catch {
            unsafe unlink(path)
            throw error
        }
    }

    /// Refuses a work tree, in which `git add .` would publish an identity.
    private func refuseWorkTree(_ path: String) throws {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "/"
        guard let real = unsafe realpath(folder, nil) else { throw CommandFailure.cannotWrite(path, errno: errno) }
        defer { unsafe free(real) }
        guard let topLevel = unsafe GitTopLevel(of: String(cString: real)) else { return }
        throw CommandFailure.impossible(
            "\(path) is in the git work tree \(topLevel.folder), where it could be committed by mistake",
            help: "choose a place outside, or leave -o out"
        )
    }
}
