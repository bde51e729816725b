import Logging
import RosterModel
import RosterPublication
import RosterServer
import SealedBoxes

extension Follower {
    /// Makes a publication the one that is served, and saves it.
    func accept(_ publication: PreparedPublication) {
        let statement = publication.accepted.statement
        (ratchet, served) = (publication.accepted.ratchet, statement)
        equivocated = equivocated.filter { $0 > statement.serial }
        // Of two publications with an older serial, each is a rollback now.
        for position in followed.indices { followed[position].reopen(refusedFor: .equivocation) }
        // The time is now at least that of this publication, also when the clock was set back.
        reopenByTime()
        monitor.serve(
            PublicationMonitor.Served(
                channel: statement.channel.description,
                serial: statement.serial.milliseconds,
                issued: statement.issued,
                expires: statement.expires,
                keyID: publication.accepted.signer.id
            ),
            activatedAt: publication.position == nil ? nil : clock.read()
        )
        guard let position = publication.position else {
            return logger.info("accepted the saved publication \(statement.serial), good until \(statement.expires)")
        }
        if followed[position].manifest == publication.manifest {
            followed[position].verdict = .accepted
            (followed[position].failures, followed[position].counted) = (0, nil)
            monitor.note(isRefused: false, ofSource: position)
        }
        let address = sources[position].address
        logger.info("accepted the publication \(statement.serial) of \(address), good until \(statement.expires)")
        save(UnsavedPublication(envelope: publication.envelope, statement: statement, blob: publication.blob))
    }

    /// Saves a publication; a failure is reported, and the save is attempted again later.
    func save(_ publication: UnsavedPublication) {
        guard let state else { return }
        var publication = publication
        // Its registry may be there before its envelope is.
        newlySaved = nil
        // A refresh follows a registry that could not be saved yet.
        if publication.blob == nil, let unsaved, unsaved.statement.compressed == publication.statement.compressed {
            publication.blob = unsaved.blob
        }
        do {
            try state.save(publication.envelope, of: publication.statement, publication.blob)
            (unsaved, newlySaved) = (nil, publication.statement)
            if monitor.current.saved?.failure != nil { logger.notice("the publication is saved in the state folder") }
            monitor.noteSave(failure: nil, at: clock.now)
        } catch {
            unsaved = publication
            reportUnwritable(error)
        }
    }

    /// Returns the registry of the state folder when it is still accepted, and sets the newest serial from its envelope.
    func loadSaved() async -> LoadedRegistry? {
        guard let state else {
            logger.warning(
                "there is no --state folder: after a restart, nothing is served until a source answers, and an older publication can be accepted"
            )
            return nil
        }
        do {
            guard let bytes = try state.envelope() else { return nil }
            let envelope = try Envelope(bytes)
            _ = try trusted.keys.signer(of: envelope)
            let statement = try Statement(payload: envelope.payload)
            let newest = Ratchet(
                serial: statement.serial,
                payloadDigest: envelope.payloadDigest,
                issued: statement.issued
            )
            // The serial counts even when the publication itself is refused below.
            if statement.channel == options.channel { ratchet = newest }
            let accepted = try Acceptance.evaluate(envelope, conditions)
            try check(statement)
            guard let registry = try savedRegistry(of: statement, in: state) else {
                reportUnreadableSave("the state folder lacks the registry of the saved publication")
                return nil
            }
            let loaded = try await decode(registry, statement)
            prepared = PreparedPublication(position: nil, manifest: [], envelope: bytes, accepted: accepted)
            return loaded
        } catch let refusal as Refusal {
            reportRefusedSave(refusal)
        } catch let problem as FileProblem {
            reportUnreadableSave("the state folder cannot be read: \(problem.reason)")
        } catch {
            reportUnreadableSave("the saved publication could not be checked")
        }
        return nil
    }

    /// Returns the registry of a statement in the state folder; nil when the folder lacks it.
    private func savedRegistry(of statement: Statement, in state: StateFolder) throws -> [UInt8]? {
        let damaged = Refusal(.digestMismatch, "the registry in the state folder is damaged")
        if let compressed = try state.registry(of: statement) {
            guard Statement.Content(of: compressed) == statement.compressed else { throw damaged }
            return try RegistryContent.unpack(compressed, statement)
        }
        guard let registry = try state.unpackedRegistry(of: statement) else { return nil }
        guard Statement.Content(of: registry) == statement.registry else { throw damaged }
        return registry
    }
}
