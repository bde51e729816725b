import RosterPublication
import RosterServer

/// The state of one source that is followed.
struct FollowedSource {
    /// The result of the last evaluation of the newest manifest.
    enum Verdict {
        /// It must be evaluated.
        case open
        /// It is the newest accepted publication.
        case accepted
        /// It is refused, and evaluating it again has the same result, unless the trust or the time changes it.
        case refused(Refusal)
        /// A part of it could not be read, or was damaged; it is evaluated again after a number of ticks.
        case waiting(ticks: Int)
    }

    /// The bytes of the newest manifest; nil before the first.
    var manifest: [UInt8]?
    /// The bytes of the manifest's envelope, once they are known.
    var envelope: [UInt8]?
    var verdict = Verdict.open
    /// The refusal that was counted last for this manifest, which is not counted again.
    var counted: Refusal.Reason?
    /// The number of successive failures to read a part of the publication.
    var failures = 0
    /// The failure that was logged last; nil while the source is read without failures.
    var loggedFailure: SourceProblem.Reason?

    /// A Boolean value that indicates whether its manifest must be evaluated.
    var isOpen: Bool {
        guard manifest != nil, case .open = verdict else { return false }
        return true
    }

    /// A Boolean value that indicates whether the newest manifest is refused.
    var isRefused: Bool {
        if case .accepted = verdict { return false }
        return counted != nil
    }

    /// Notes another manifest.
    mutating func replace(_ manifest: [UInt8]) {
        self.manifest = manifest
        (envelope, verdict, counted, failures) = (nil, .open, nil, 0)
    }

    /// Requires another evaluation, after which a refusal is counted again only when its reason changed.
    mutating func reopen() { if manifest != nil { verdict = .open } }

    /// Requires another evaluation, such as under other keys, of a manifest that is not the accepted one.
    mutating func reopenUnlessAccepted() {
        if case .accepted = verdict { return }
        reopen()
    }

    /// Requires another evaluation of a manifest that was refused for a reason.
    mutating func reopen(refusedFor reason: Refusal.Reason) {
        if case .refused(let refusal) = verdict, refusal.reason == reason { reopen() }
    }

    /// Counts a tick of the clock, after which a manifest that waits may have to be evaluated.
    mutating func tick() {
        if case .waiting(let ticks) = verdict { verdict = ticks > 1 ? .waiting(ticks: ticks - 1) : .open }
    }
}
