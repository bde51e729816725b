import Logging
import RosterModel
import RosterPublication
import RosterServer

extension Follower {
    /// The longest wait between two attempts to read a part of a publication, in ticks.
    private static let longestWait = 60.0
    /// The longest wait that a source can request, in ticks.
    private static let longestRequestedWait: Int64 = 300
    /// The number of failures after each of which the wait doubles exactly: parts of a copy arrive in any order.
    private static let quickRetries = 3

    /// Records the reason why the manifest of a source is not accepted.
    func fail(_ error: any Error, at position: Int) {
        switch error {
        case let refusal as Refusal: refuse(refusal, at: position, serial: ratchet?.serial)
        case let problem as SourceProblem:
            if case .content(let reason) = problem.reason {
                count(Refusal(reason, problem.message), at: position, serial: nil)
            } else if followed[position].failures == 0 {
                logger.warning("\(sources[position].address) cannot be read: \(problem.message)")
            }
            let failure = PublicationMonitor.Failure(
                reason: problem.reason.label,
                message: problem.message,
                at: clock.now
            )
            monitor.note(.failed, ofSource: position, failure: failure, at: clock.now)
            wait(position, atLeast: problem.retryAfter)
        default: wait(position, atLeast: nil)
        }
    }

    /// Refuses the manifest of a source.
    func refuse(_ refusal: Refusal, at position: Int, serial: Serial? = nil) {
        followed[position].verdict = .refused(refusal)
        count(refusal, at: position, serial: serial)
    }

    /// Counts a refusal once for each manifest and reason.
    private func count(_ refusal: Refusal, at position: Int, serial: Serial?) {
        guard followed[position].counted != refusal.reason else { return }
        followed[position].counted = refusal.reason
        logRefusal()
        let message = "\(sources[position].address): \(refusal.message)"
        self.refusal = Refusal(refusal.reason, message)
        monitor.refuse(
            PublicationMonitor.Failure(reason: refusal.reason.rawValue, message: refusal.message, at: clock.now),
            ofSource: position
        )
        guard refusal.reason == .equivocation, loggedEquivocation != serial else { return }
        loggedEquivocation = serial
        logger.critical("\(message); a key may be stolen, or two pipelines sign with the same clock")
    }

    /// Logs the refusal that was counted last, when the load counts more, or accepts a publication.
    func logRefusal() {
        if let refusal { logger.error("a publication is refused: \(refusal.message) (\(refusal.reason.rawValue))") }
        refusal = nil
    }

    /// Waits before the manifest of a source is evaluated again.
    private func wait(_ position: Int, atLeast requested: Duration?) {
        followed[position].failures += 1
        let failures = followed[position].failures
        var ticks = 1 << min(failures - 1, Self.quickRetries)
        if failures > Self.quickRetries {
            let longest = failures < 6 ? Double(1 << failures) : Self.longestWait
            ticks = max(1, Int((schedule.random() * longest).rounded(.up)))
        }
        let wanted = requested.map { Int(min($0.components.seconds, Self.longestRequestedWait)) } ?? 0
        followed[position].verdict = .waiting(ticks: max(ticks, wanted))
    }

    /// Records that a source was read.
    func noteSuccess(_ position: Int) {
        guard followed[position].loggedFailure != nil else { return }
        followed[position].loggedFailure = nil
        logger.notice("\(sources[position].address) is read again")
    }

    /// Records that a source could not be read.
    func noteFailure(_ problem: SourceProblem, of position: Int) {
        let failure = PublicationMonitor.Failure(
            reason: problem.reason.label,
            message: problem.message,
            at: clock.now
        )
        monitor.note(.failed, ofSource: position, failure: failure, at: clock.now)
        guard followed[position].loggedFailure != problem.reason else { return }
        followed[position].loggedFailure = problem.reason
        var message = "\(sources[position].address) cannot be read: \(problem.message)"
        if case .content(let reason) = problem.reason {
            monitor.refuse(failure, ofSource: position)
            message += " (\(reason.rawValue))"
        }
        logger.warning("\(message)")
    }

    /// Records that the state folder cannot be written.
    func reportUnwritable(_ problem: FileProblem) {
        let message = "the state folder cannot be written: \(problem.reason); the publication is served without it"
        let failure = PublicationMonitor.Failure(reason: "state-unwritable", message: message, at: clock.now)
        logSaved(failure)
        monitor.noteSave(failure: failure, at: clock.now)
    }

    /// Records that the publication in the state folder is refused.
    func reportRefusedSave(_ refusal: Refusal) {
        let message = "the saved publication is not served: \(refusal.message)"
        let failure = PublicationMonitor.Failure(reason: refusal.reason.rawValue, message: message, at: clock.now)
        logSaved(failure, reason: refusal.reason)
        monitor.noteUnusableSave(failure, isRefusal: true)
    }

    /// Records that the publication in the state folder cannot be read.
    func reportUnreadableSave(_ message: String) {
        let failure = PublicationMonitor.Failure(reason: "state-unreadable", message: message, at: clock.now)
        logSaved(failure)
        monitor.noteUnusableSave(failure, isRefusal: false)
    }

    /// Logs a problem of the state folder when its message changed.
    private func logSaved(_ failure: PublicationMonitor.Failure, reason: Refusal.Reason? = nil) {
        guard monitor.current.saved?.failure?.message != failure.message else { return }
        logger.error("\(failure.message)\(reason.map { " (\($0.rawValue))" } ?? "")")
    }
}
