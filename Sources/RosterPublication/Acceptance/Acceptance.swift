package import RosterModel
package import SealedBoxes

/// The decision about a publication that does not need its registry.
package enum Acceptance {
    /// The longest validity, in days.
    package static let validityLimit: Int64 = 366
    private static let secondsPerDay: Int64 = 86_400

    /// The conditions that a publication is evaluated under.
    package struct Conditions: Sendable {
        package var trusted: TrustedKeys
        package var channel: Channel
        /// The newest publication that was accepted; nil before the first.
        package var ratchet: Ratchet?
        /// The time of the system clock.
        package var clock: Timestamp
        /// The number of seconds that clocks may differ by.
        package var skew: Int64

        package init(trusted: TrustedKeys, channel: Channel, ratchet: Ratchet?, clock: Timestamp, skew: Int64) {
            (self.trusted, self.channel, self.ratchet) = (trusted, channel, ratchet)
            (self.clock, self.skew) = (clock, skew)
        }

        /// The later of the clock and the time of the newest accepted, so that a clock that was set back revives nothing.
        package var now: Timestamp { ratchet.map { max($0.issued, clock) } ?? clock }
    }

    /// A publication that is accepted.
    package struct Accepted: Hashable, Sendable {
        package let statement: Statement
        package let signer: SigningPublicKey
        /// The ratchet after this publication.
        package let ratchet: Ratchet
        /// A Boolean value that indicates whether it is newer than the newest accepted, and not the same.
        package let isNew: Bool
    }

    /// Evaluates an envelope: signature, members, channel, times, and order; the first failed check is the reason.
    package static func evaluate(_ envelope: Envelope, _ conditions: Conditions) throws(Refusal) -> Accepted {
        let signer = try conditions.trusted.signer(of: envelope)
        let statement = try Statement(payload: envelope.payload)
        guard statement.channel == conditions.channel else {
            throw Refusal(
                .wrongChannel,
                "the publication is for the channel \"\(statement.channel)\", not \"\(conditions.channel)\""
            )
        }
        try checkTimes(of: statement, now: conditions.now, skew: conditions.skew)
        // Not later than now: from publication to publication, a stolen key could otherwise take the time with it.
        let seen = min(statement.issued, conditions.now)
        let candidate = Ratchet(
            serial: statement.serial,
            payloadDigest: envelope.payloadDigest,
            issued: conditions.ratchet.map { max($0.issued, seen) } ?? seen
        )
        let isNew = try isNew(candidate, after: conditions.ratchet)
        return Accepted(
            statement: statement,
            signer: signer,
            ratchet: isNew ? candidate : conditions.ratchet ?? candidate,
            isNew: isNew
        )
    }

    private static func checkTimes(of statement: Statement, now: Timestamp, skew: Int64) throws(Refusal) {
        let (latest, earliest) = (now.adding(skew), now.adding(-skew))
        guard statement.issued <= latest else {
            throw Refusal(.fromTheFuture, "the publication was issued at \(statement.issued), and now is \(now)")
        }
        guard statement.serial.time <= latest else {
            let time = statement.serial.time
            throw Refusal(.fromTheFuture, "the serial \(statement.serial) is the time \(time), and now is \(now)")
        }
        guard statement.expires > earliest else {
            throw Refusal(.expired, "the publication expired at \(statement.expires), and now is \(now)")
        }
        guard statement.expires > statement.issued else {
            throw Refusal(.expired, "the publication expires at \(statement.expires), before it was issued")
        }
        guard statement.expires <= statement.issued.adding(validityLimit * secondsPerDay) else {
            throw Refusal(.expired, "the publication is valid for more than \(validityLimit) days")
        }
    }

    private static func isNew(_ candidate: Ratchet, after newest: Ratchet?) throws(Refusal) -> Bool {
        guard let newest else { return true }
        guard candidate.serial >= newest.serial else {
            throw Refusal(.rolledBack, "the serial \(candidate.serial) is older than the accepted \(newest.serial)")
        }
        guard candidate.serial == newest.serial else { return true }
        guard candidate.payloadDigest == newest.payloadDigest else {
            throw Refusal(.equivocation, "two publications have the serial \(candidate.serial)")
        }
        return false
    }
}

extension Timestamp {
    /// Returns the time that is a number of seconds later, or the last or first that can be represented.
    package func adding(_ seconds: Int64) -> Timestamp {
        let (sum, overflows) = secondsSince1970.addingReportingOverflow(seconds)
        return Timestamp(secondsSince1970: overflows ? (seconds > 0 ? .max : .min) : sum)
    }
}
