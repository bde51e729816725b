import Logging
import RosterModel
import RosterPublication
import RosterServer
import SealedBoxes

extension Follower {
    /// The numbers of ticks between checks of the system's clock, of the trust file, and of the state folder.
    private static let (clockTicks, trustTicks, saveTicks) = (10, 30, 60)

    /// Notes what a source reported, and returns whether a load is due.
    func note(_ event: SourceEvent, from position: Int) -> Bool {
        switch event {
        case .manifest(let manifest):
            noteSuccess(position)
            let isNew = followed[position].manifest != manifest
            if isNew { followed[position].replace(manifest) }
            noteRead(isNew ? .new : .same, of: position)
            return isNew
        case .same:
            noteSuccess(position)
            noteRead(.same, of: position)
            return false
        case .failed(let problem):
            noteFailure(problem, of: position)
            return false
        }
    }

    private func noteRead(_ check: PublicationMonitor.Check, of position: Int) {
        monitor.note(check, ofSource: position, failure: nil, at: clock.now)
        // What a failed read was refused for is over.
        monitor.note(isRefused: followed[position].isRefused, ofSource: position)
    }

    /// Counts a tick of the clock, and returns whether a load is due.
    func tick() -> Bool {
        ticks += 1
        if ticks.isMultiple(of: Self.trustTicks) { refreshTrust() }
        if ticks.isMultiple(of: Self.saveTicks), let unsaved { save(unsaved) }
        if let newlySaved { state?.removeRegistries(exceptOf: newlySaved) }
        newlySaved = nil
        for position in followed.indices {
            followed[position].tick()
        }
        if ticks.isMultiple(of: Self.clockTicks) { reopenByTime() }
        return followed.contains(where: \.isOpen)
    }

    /// Requires another evaluation of the publications that were refused for the time, and would not be now.
    func reopenByTime() {
        let now = conditions.now
        guard now != comparedTime else { return }
        comparedTime = now
        for position in followed.indices where isAcceptableNow(position) { followed[position].reopen() }
    }

    /// Returns a Boolean value that indicates whether the time changed the reason for which a publication was refused.
    private func isAcceptableNow(_ position: Int) -> Bool {
        guard case .refused(let refusal) = followed[position].verdict,
            refusal.reason == .fromTheFuture || refusal.reason == .expired, let bytes = followed[position].envelope,
            let envelope = try? Envelope(bytes)
        else { return false }
        do {
            _ = try Acceptance.evaluate(envelope, conditions)
            return true
        } catch { return error.reason != refusal.reason }
    }

    /// The conditions that publications are evaluated under now.
    var conditions: Acceptance.Conditions {
        Acceptance.Conditions(
            trusted: trusted.keys,
            channel: options.channel,
            ratchet: ratchet,
            clock: clock.now,
            skew: options.skew
        )
    }

    /// Reads the trust file again when it changed; one that cannot be used changes nothing.
    func refreshTrust() {
        do {
            let contents = try trustFile.read(after: trusted.bytes)
            if loggedTrust != nil || contents != nil {
                let count = (contents ?? trusted).keys.keys.count
                logger.notice("trusting \(count == 1 ? "1 key" : "\(count) keys") of \(trustFile.shown)")
            }
            loggedTrust = nil
            guard let contents else { return }
            trusted = contents
            if let id = monitor.current.served?.keyID, !contents.keys.keys.contains(where: { $0.id == id }) {
                logger.warning(
                    "the key \(id) of what is served is not trusted any more: publish again with a trusted key, since the next start refuses it"
                )
            }
            for position in followed.indices { followed[position].reopenUnlessAccepted() }
        } catch {
            guard loggedTrust != error.message else { return }
            loggedTrust = error.message
            logger.error("\(error.message); the keys before are still trusted")
        }
    }
}
