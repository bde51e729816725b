import RosterBackend
import RosterBytes
import RosterCompiler
import RosterFleet
import RosterModel
import RosterPublication
import RosterWorkspace
import SealedBoxes

/// The implementation of `roster publish`.
struct PublishingRun {
    let globals: GlobalOptions
    let options: PublishOptions
    let format: ListFormat
    let context: CommandContext

    /// A registry that is published.
    struct Content {
        var content: PublicationSigner.Content
        var providers: Int
    }

    /// Publishes a revision or a compiled registry.
    ///
    /// What a destination has is only compared. To sign it again would give a new serial to an older publication that was
    /// put back there.
    func publish(rev: String?, registry: String?, to targets: [PublishingTarget]) async throws {
        let key = try CommandFailure.publishingKey(options.key, context)
        var targets = targets
        for index in targets.indices { await targets[index].read(replacingMalformed: options.allowOlder) }
        guard targets.contains(where: { !$0.hasFailed }) else { return try report(nil, targets) }
        let content = try await compiled(rev: rev, registry: registry)
        let now = context.clock.read()
        checkClock(&targets, now)
        guard targets.contains(where: { !$0.hasFailed }) else { return try report(nil, targets) }
        try await checkAncestry(content, targets)
        try await checkShrinking(content, targets)
        var lost: [Int] = []
        if !options.refresh, isUnchanged(content, targets, now, signedBy: key.publicKey) {
            lost = try await lostRegistries(&targets)
            if lost.isEmpty {
                for index in targets.indices where !targets[index].hasFailed { targets[index].outcome = .unchanged }
                return try report(nil, targets)
            }
        }
        let newest = targets.compactMap(\.statement?.serial).max()
        guard let serial = Serial(at: now, after: newest) else {
            throw CommandFailure.impossible("the clock cannot be used: it is at \(context.clock.now)")
        }
        let claims = PublicationSigner.Claims(
            channel: options.channel,
            serial: serial,
            issued: Timestamp(secondsSince1970: now / 1000),
            validity: options.validFor.seconds
        )
        let publication = PublicationSigner.sign(content.content, claims, with: key)
        var overtaken: CommandFailure?
        if !options.dryRun {
            overtaken = await write(publication, to: &targets)
            if await !checkRepairs(of: lost, publication.statement, &targets) { overtaken = nil }
        }
        try report(Report(publication: publication, providers: content.providers), targets, overtaken)
    }

    /// Writes a publication to all destinations that were read, also after one of them failed.
    ///
    /// Returns the failure when other publishers were faster and nothing else failed, which has its own exit code.
    private func write(
        _ publication: SignedPublication,
        to targets: inout [PublishingTarget]
    ) async -> CommandFailure? {
        var overtaken: CommandFailure?
        var overtakings = 0
        for index in targets.indices where !targets[index].hasFailed {
            let target = targets[index]
            do throws(DestinationProblem) {
                targets[index].removalProblem = try await target.destination.publish(
                    publication,
                    after: target.seen,
                    keeping: options.keep
                )
                targets[index].outcome = .published
            } catch {
                targets[index].outcome = .failed(PublishingTarget.describe(error))
                guard case .overtaken(let serial) = error else { continue }
                overtakings += 1
                overtaken = CommandFailure(
                    exitCode: 1,
                    message: "\(target.address) has the newer serial \(serial): another pipeline was faster",
                    help: "nothing to do when that pipeline published a newer commit; else publish again"
                )
            }
        }
        return targets.count { $0.hasFailed } == overtakings ? overtaken : nil
    }

    /// Compiles a revision or the working tree, or reads a compiled registry.
    private func compiled(rev: String?, registry: String?) async throws -> Content {
        let bytes: [UInt8]
        if let registry {
            bytes = try CommandFailure.registryFile(registry, context)
        } else {
            bytes = try await Compilation(repo: globals.repo, color: globals.color, isQuiet: globals.quiet, rev: rev)
                .document(context)
        }
        let records: Registry
        do { records = try await RegistryDecoder.decode(bytes, concurrency: context.cores) } catch {
            let reason = (error as? RegistryProblem)?.description ?? "it could not be read"
            throw CommandFailure(exitCode: 1, message: "the registry is not valid: \(reason)")
        }
        let commit = Statement.Commit(records.revision)
        guard commit != nil || registry != nil else {
            throw CommandFailure(
                exitCode: 1,
                message: "the files are not those of a commit, so that servers could not tell what they serve",
                help: "publish a commit: --rev HEAD"
            )
        }
        do throws(PublicationSigner.Problem) {
            let content = try PublicationSigner.Content(bytes, commit: commit)
            return Content(content: content, providers: records.providers.count)
        } catch { throw CommandFailure.impossible(error.message) }
    }
}
