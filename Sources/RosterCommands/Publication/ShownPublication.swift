import RosterBytes
import RosterFleet
import RosterJSON
import RosterModel
import RosterPublication
import SealedBoxes

/// A publication that was read and verified, as `roster publication show` prints it.
struct ShownPublication {
    private let statement: Statement
    private let keyID: String
    private let providers: Int
    private let manifest: String

    /// Reads the newest publication of a source, and verifies it as a server without state would.
    ///
    /// - Throws: ``Refusal`` and ``SourceProblem``.
    init(
        _ source: any PublicationSource,
        trusted: TrustedKeys,
        channel: Channel,
        _ context: CommandContext
    ) async throws {
        let bytes = try await PublishedContent.manifest(of: source)
        let document = try Manifest(bytes)
        let envelope = try Envelope(try await PublishedContent.envelope(of: document, from: source))
        let conditions = Acceptance.Conditions(
            trusted: trusted,
            channel: channel,
            ratchet: nil,
            clock: context.clock.now,
            skew: 300
        )
        let accepted = try Acceptance.evaluate(envelope, conditions)
        let compressed = try await PublishedContent.compressed(of: accepted.statement, in: document, from: source)
        let registry = try await PublishedContent.registry(
            compressed,
            of: accepted.statement,
            concurrency: context.cores
        )
        (statement, keyID, providers) = (accepted.statement, accepted.signer.id, registry.providers.count)
        manifest = "sha256:" + Digest.sha256(of: bytes.span).hex
    }

    /// Lines for people.
    var text: String {
        let commit = statement.commit.map { "\($0.id), \($0.date)" } ?? "none"
        return """
            channel    \(statement.channel)
            serial     \(statement.serial)
            issued     \(statement.issued)
            expires    \(statement.expires)
            key        \(keyID)
            commit     \(commit)
            providers  \(providers)
            registry   sha256:\(statement.registry.digest.hex), \(statement.registry.size) bytes
            manifest   \(manifest)

            """
    }

    /// A JSON document.
    var json: [UInt8] {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        json.object { json in
            json.name("channel")
            json.string(statement.channel.description)
            statement.writeClaims(&json)
            json.name("keyId")
            json.string(keyID)
            json.name("providers")
            json.integer(providers)
            json.name("manifest")
            json.string(manifest)
        }
        json.endLine()
        return json.bytes
    }
}
