import Glibc
package import RosterBytes
import RosterPublication

/// The folder with the last accepted publication, which is served after a restart and below which none is accepted again.
///
/// Its envelope is also the memory of the newest serial, so that one rename changes both.
package final class StateFolder: Sendable {
    /// The reason why a folder cannot be used.
    package enum Problem: Error, Hashable, Sendable {
        /// Another process uses the folder.
        case locked
        case unusable(FileProblem)
    }

    /// The name of the envelope's file.
    package static let envelopeName = "publication.dsse"
    private static let (registryPrefix, compressedSuffix, unpackedSuffix) = ("registry-", ".json.gz", ".json")
    private static let mode: mode_t = 0o600

    private let folder: OpenFolder

    /// Opens and locks a folder until this object is released, and removes the temporary files of a killed process.
    package init(_ path: String) throws(Problem) {
        do throws(FileProblem) {
            folder = try OpenFolder(path, creating: 0o700)
            guard try folder.lock() else { throw FileProblem(errno: EWOULDBLOCK) }
        } catch {
            throw error.code == EWOULDBLOCK ? .locked : .unusable(error)
        }
        for name in (try? folder.names()) ?? [] where NewFile.isTemporary(name) { try? folder.remove(name) }
    }

    /// Returns the name of the file of a compressed registry.
    package static func registryName(of digest: Digest) -> String { registryPrefix + digest.hex + compressedSuffix }

    /// Returns the name of the file of a registry that came without its compressed form.
    package static func unpackedName(of digest: Digest) -> String { registryPrefix + digest.hex + unpackedSuffix }

    /// Reads the envelope; nil when there is none.
    func envelope() throws(FileProblem) -> [UInt8]? {
        try folder.read(Self.envelopeName, limit: PublicationLimits.envelope)
    }

    /// Reads the compressed registry of a statement; nil when there is none.
    func registry(of statement: Statement) throws(FileProblem) -> [UInt8]? {
        try folder.read(Self.registryName(of: statement.compressed.digest), limit: PublicationLimits.compressed)
    }

    /// Reads the registry of a statement that was saved without compression; nil when the folder lacks it.
    func unpackedRegistry(of statement: Statement) throws(FileProblem) -> [UInt8]? {
        try folder.read(Self.unpackedName(of: statement.registry.digest), limit: PublicationLimits.registry)
    }

    /// Creates a buffer for the compressed registry of a statement, in memory when no file can be created.
    func buffer(for statement: Statement) -> CandidateBlob {
        let name = Self.registryName(of: statement.compressed.digest)
        let file = try? folder.create(name, mode: Self.mode)
        return CandidateBlob(size: statement.compressed.size, file: file)
    }

    /// Saves a publication: the registry, and then the envelope.
    ///
    /// `blob` is the registry; nil when the folder has it.
    func save(_ envelope: [UInt8], of statement: Statement, _ blob: CandidateBlob?) throws(FileProblem) {
        if let blob {
            let (compressed, unpacked) = Self.names(of: statement)
            try blob.store(as: blob.isCompressed ? compressed : unpacked, in: folder, mode: Self.mode)
        }
        try folder.replace(Self.envelopeName, by: envelope, mode: Self.mode)
        // The names of both: a folder keeps the order of its changes.
        try folder.sync()
    }

    /// Removes the registries of other statements than the one that is saved.
    func removeRegistries(exceptOf statement: Statement) {
        let (compressed, unpacked) = Self.names(of: statement)
        for other in (try? folder.names()) ?? []
        where other != compressed && other != unpacked && Self.isRegistry(other) {
            // One that stays only takes room, and the next save removes it.
            try? folder.remove(other)
        }
    }

    private static func names(of statement: Statement) -> (compressed: String, unpacked: String) {
        (registryName(of: statement.compressed.digest), unpackedName(of: statement.registry.digest))
    }

    private static func isRegistry(_ name: String) -> Bool {
        name.hasPrefix(registryPrefix) && (name.hasSuffix(compressedSuffix) || name.hasSuffix(unpackedSuffix))
    }
}
