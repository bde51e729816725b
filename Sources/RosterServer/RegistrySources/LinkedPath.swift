import Glibc
import RosterEditing

/// The path of a file that may lead through symbolic links, such as a mounted ConfigMap or the worktree of git-sync.
///
/// Kubelet and git-sync publish a new version by replacing a link on the path. A watch of the file's own folder does not
/// report that, so each folder on the way is watched for the one entry that the path names.
package struct LinkedPath: Sendable, Hashable {
    /// The absolute path, as it was given.
    package let path: String

    /// Creates a path from an absolute path.
    package init(_ path: String) { self.path = path }

    /// The result of following a path once.
    package struct Resolution: Sendable, Hashable {
        /// The path without symbolic links; nil when a part of it is missing.
        package var target: String?
        /// The folders in which a change can lead the path to another file, or change the file.
        package var folders: [WatchedFolder]
    }

    /// The path of the file without symbolic links; nil when there is no such file.
    package var target: String? { resolve().target }

    /// Returns the folders whose changes require another read of the file.
    package func watchedFolders() -> [WatchedFolder] { resolve().folders }

    /// The number of links after which Linux ends a resolution with `ELOOP`.
    private static let mostLinks = 40

    /// Follows the path as it is now.
    package func resolve() -> Resolution {
        // The parts that are not followed yet, the next one last.
        var rest = Self.parts(of: path[...])
        var folder: [Substring] = []
        var folders: [WatchedFolder] = []
        var links = 0
        while let part = rest.popLast() {
            if part == ".." {
                _ = folder.popLast()
                continue
            }
            let name = String(part)
            // Only the last part is a file whose contents matter; the others are links and folders.
            let meaning = rest.isEmpty ? WatchedFolder.Meaning.anything : .entry
            let watched = WatchedFolder(path: Self.text(of: folder), meaning, onlyName: name)
            if !folders.contains(watched) { folders.append(watched) }
            switch Self.link(at: Self.text(of: folder + [part])) {
            case .missing: return Resolution(target: nil, folders: folders)
            case .none: folder.append(part)
            case .target(let target):
                links += 1
                guard links <= Self.mostLinks else { return Resolution(target: nil, folders: folders) }
                if target.hasPrefix("/") { folder = [] }
                rest += Self.parts(of: target[...])
            }
        }
        return Resolution(target: Self.text(of: folder), folders: folders)
    }

    /// Reads the file, which must be a regular file of at most `limit` bytes, also if it grows during the read.
    ///
    /// `name` describes the file in messages: "the trust file".
    package func read(limit: Int, _ name: String) throws(SourceFailure) -> [UInt8] {
        let bytes: [UInt8]?
        do throws(EditFailure) {
            bytes = try RepositoryFile.bytes(atPath: target ?? path, shownAs: path, limit: limit)
        } catch {
            throw SourceFailure("\(name) is not readable: \(error.message)")
        }
        guard let bytes else { throw SourceFailure("\(name) \(path) has more than \(limit) bytes, the limit") }
        return bytes
    }

    private enum Link {
        case missing
        /// The entry is not a link.
        case none
        case target(String)
    }

    private static func link(at path: String) -> Link {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe readlink(path, &bytes, bytes.count)
        guard length >= 0 else { return errno == EINVAL ? .none : .missing }
        guard length > 0, length < bytes.count else { return .missing }
        return .target(String(decoding: bytes[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    /// Returns the parts of a path from the last to the first.
    private static func parts(of path: Substring) -> [Substring] {
        path.split(separator: "/").filter { $0 != "." }.reversed()
    }

    private static func text(of parts: [Substring]) -> String { "/" + parts.joined(separator: "/") }
}
