import RosterBackend
import RosterBytes
import RosterCompiler
package import RosterModel
package import RosterPublication
import RosterServer

/// The steps from the verified compressed bytes of a registry to its records.
enum RegistryContent {
    /// Decompresses a registry whose compressed bytes are verified, and checks its digest.
    static func unpack(_ compressed: [UInt8], _ statement: Statement) throws(Refusal) -> [UInt8] {
        let size = statement.registry.size
        guard let registry = GzipDecoding.decompress(compressed.span, size: size) else {
            throw Refusal(.digestMismatch, "the compressed registry does not unpack to exactly \(size) bytes")
        }
        guard Digest.sha256(of: registry.span) == statement.registry.digest else {
            throw Refusal(.digestMismatch, "the digest of the registry is not the one that the statement names")
        }
        return registry
    }

    /// Checks the records of a registry with all rules, and that it is of the commit of the statement.
    ///
    /// The records that an earlier registry has, too, are not decoded again.
    static func decode(
        _ bytes: [UInt8],
        _ statement: Statement,
        after earlier: DecodedDocument? = nil,
        concurrency: Int
    ) async throws(Refusal) -> DecodedDocument {
        let document: DecodedDocument
        do {
            document = try await DecodedDocument(bytes, after: earlier, concurrency: concurrency)
        } catch {
            let problem = (error as? RegistryProblem)?.description ?? "it could not be read"
            let message = PrintableText.escape(String(problem.prefix(300)))
            throw Refusal(.invalidRegistry, "the registry is not valid: \(message)")
        }
        guard Statement.Commit(document.registry.revision) == statement.commit else { throw otherCommit }
        return document
    }

    static let otherCommit = Refusal(
        .invalidRegistry,
        "the registry is of another commit than the statement names"
    )
}

extension Statement.Commit {
    /// Creates the commit of a registry; nil when its files are not those of a commit.
    package init?(_ revision: Registry.Revision) {
        guard !revision.isDirty, let id = revision.commit, let date = revision.committedAt else { return nil }
        self.init(id: id, date: date)
    }
}
