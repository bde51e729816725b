import RosterFleet
import RosterModel
import RosterPublication
import SealedBoxes

extension PublishingRun {
    /// Returns the registry that the destinations have, to sign it again.
    ///
    /// Only what the same key or a key of `ROSTER_TRUST` signed is signed again: otherwise, anyone who can write to a
    /// destination would get a signature.
    func published(_ targets: [PublishingTarget], signer key: SigningPublicKey) async throws -> Content {
        let found = targets.filter { $0.seen != nil }.max { one, other in
            guard let one = one.statement, let other = other.statement else { return other.statement != nil }
            return one.serial < other.serial
        }
        guard let target = found, let seen = target.seen else {
            let names = targets.map(\.address.description).joined(separator: ", ")
            throw CommandFailure.impossible(
                "there is no publication to refresh at \(names)",
                help: "publish one, without --refresh"
            )
        }
        let statement = try verify(seen, of: target, trusted: try trusted(with: key))
        do {
            let compressed = try await PublishedContent.compressed(of: statement, from: target.source)
            let registry = try await PublishedContent.registry(compressed, of: statement, concurrency: context.cores)
            let content = PublicationSigner.Content(
                registry: statement.registry,
                compressed: compressed,
                commit: statement.commit
            )
            return Content(content: content, providers: registry.providers.count)
        } catch {
            let reason = (error as? SourceProblem)?.message ?? (error as? Refusal)?.message ?? "it is damaged"
            throw CommandFailure.impossible("the registry that \(target.address) has cannot be read: \(reason)")
        }
    }

    private func trusted(with key: SigningPublicKey) throws -> TrustedKeys {
        var keys = [key]
        if let name = context.environment("ROSTER_TRUST"), !name.isEmpty {
            keys += try TrustFile(name, context).contents().keys.keys
        }
        // The key itself comes first, and stays when the file has the maximum number of others.
        guard let trusted = TrustedKeys(Array(keys.prefix(TrustedKeys.countLimit))) else {
            throw CommandFailure.impossible("there is no key to verify with")
        }
        return trusted
    }

    /// Checks the signature, the channel and the expiry of a publication.
    private func verify(
        _ seen: PublishedManifest,
        of target: PublishingTarget,
        trusted: TrustedKeys
    ) throws -> Statement {
        let conditions = Acceptance.Conditions(
            trusted: trusted,
            channel: options.channel,
            ratchet: nil,
            clock: context.clock.now,
            skew: 300
        )
        do throws(Refusal) {
            return try Acceptance.evaluate(try Envelope(seen.envelope), conditions).statement
        } catch {
            throw CommandFailure(
                exitCode: 1,
                message: "what \(target.address) has is not signed again: \(error.message)",
                help: "publish the registry itself, without --refresh"
            )
        }
    }
}
