import RosterBytes
import RosterModel
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterPublication

@Suite("Acceptance of publications")
struct AcceptanceTests {
    @Test("Times are accepted up to the limits, and refused one second beyond them")
    func limits() throws {
        let key = try SigningPrivateKey.generate()
        let (start, day) = (Publisher.start, Publisher.day)
        func reason(_ statement: Statement, after ratchet: Ratchet? = nil) throws -> Refusal.Reason? {
            let conditions = try Publisher.conditions([key.publicKey], after: ratchet)
            let envelope = Envelope(signing: statement.payload, with: key)
            return refusal { _ = try Acceptance.evaluate(envelope, conditions) }?.reason
        }
        let base = try Publisher.statement()
        func changed(_ change: (inout Statement) -> Void) -> Statement {
            var statement = base
            change(&statement)
            return statement
        }
        #expect(try reason(base) == nil)
        #expect(try reason(changed { $0.issued = start.adding(300) }) == nil)
        #expect(try reason(changed { $0.issued = start.adding(301) }) == .fromTheFuture)
        let last = (start.secondsSince1970 + 300) * 1000 + 999
        #expect(try reason(try Publisher.statement(last)) == nil)
        #expect(try reason(try Publisher.statement(last + 1)) == .fromTheFuture)
        // Numbers that not every parser of JSON reads exactly.
        for serial in [Int64(1) << 53, .max] { #expect(try reason(try Publisher.statement(serial)) == .fromTheFuture) }
        #expect(try reason(try Publisher.statement(issued: start.adding(-day), expires: start.adding(-299))) == nil)
        #expect(
            try reason(try Publisher.statement(issued: start.adding(-day), expires: start.adding(-300))) == .expired
        )
        #expect(try reason(changed { $0.expires = start }) == .expired)
        #expect(try reason(changed { $0.expires = start.adding(1) }) == nil)
        #expect(try reason(changed { $0.expires = start.adding(366 * day) }) == nil)
        #expect(try reason(changed { $0.expires = start.adding(366 * day + 1) }) == .expired)
        // A clock that is set back does not revive what expired before the newest accepted was issued.
        let newest = Ratchet(
            serial: try #require(Serial(milliseconds: 1)),
            payloadDigest: Digest(bytes: []),
            issued: start.adding(15 * day)
        )
        #expect(try reason(base, after: newest) == .expired)
    }

    @Test("Publication after publication, a key is ahead of the clock by the skew at most")
    func headStart() throws {
        let key = try SigningPrivateKey.generate()
        let start = Publisher.start
        var conditions = try Publisher.conditions([key.publicKey])
        var accepted = 0
        for step in 1...10 {
            let issued = start.adding(Int64(step) * 100)
            let statement = try Publisher.statement(
                issued.secondsSince1970 * 1000,
                issued: issued,
                expires: start.adding(Publisher.day)
            )
            let envelope = Envelope(signing: statement.payload, with: key)
            guard let result = try? Acceptance.evaluate(envelope, conditions) else { continue }
            conditions.ratchet = result.ratchet
            accepted += 1
        }
        #expect(accepted == 3)
        #expect(conditions.ratchet?.serial.time == start.adding(300))
        #expect(conditions.now == start)
    }

    @Test("Times at the ends of the range do not overflow")
    func overflow() throws {
        let key = try SigningPrivateKey.generate()
        let envelope = Envelope(signing: try Publisher.statement().payload, with: key)
        for (clock, reason) in [(Int64.max, Refusal.Reason.expired), (.min, .fromTheFuture)] {
            var conditions = try Publisher.conditions([key.publicKey])
            conditions.clock = Timestamp(secondsSince1970: clock)
            conditions.skew = .max
            #expect(refusal { _ = try Acceptance.evaluate(envelope, conditions) }?.reason != .rolledBack)
            conditions.skew = 300
            #expect(refusal { _ = try Acceptance.evaluate(envelope, conditions) }?.reason == reason)
        }
    }

    @Test("10,000 random publications are evaluated as by a small reference, and each reason occurs")
    func randomWalk() throws {
        var random = SeededGenerator()
        var walk = try Walk()
        for step in 0..<10_000 {
            let (expected, actual) = try walk.step(&random)
            #expect(expected == actual, "step \(step)")
            guard expected == actual else { break }
        }
        let reasons: [Refusal.Reason] = [
            .malformed, .unsigned, .untrustedKey, .wrongChannel, .fromTheFuture, .expired, .rolledBack, .equivocation,
        ]
        for reason in reasons.map(\.rawValue) + ["new", "same"] {
            #expect(walk.counts[reason, default: 0] > 10, "\(reason): \(walk.counts)")
        }
    }
}

/// A publication as the reference sees it.
private struct Candidate {
    var channel = "main"
    var serial: Int64
    var issued: Int64
    var expires: Int64
    var signer: Int
    /// The index of the key whose id the signature has; nil for the id of no key.
    var hint: Int?
    var isTampered = false
    var isMalformed = false
    /// The part that distinguishes payloads with the same claims.
    var content: UInt8

    /// A random publication around a time and a serial.
    init(_ random: inout SeededGenerator, clock: Int64, newest: Int64) {
        func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }
        issued = clock + Int64.random(in: -2000...(chance(8) ? 700 : 0), using: &random)
        expires =
            issued
            + (chance(10) ? Int64.random(in: -100...500, using: &random) : Int64.random(in: 1...5000, using: &random))
        if chance(40) { expires = issued + 366 * 86_400 + Int64.random(in: 0...1, using: &random) }
        serial = newest + Int64.random(in: chance(4) ? -2...2 : 0...20_000, using: &random)
        if chance(10) { serial = clock * 1000 + Int64.random(in: 0...700_000, using: &random) }
        signer = Int.random(in: 0..<4, using: &random)
        hint = chance(4) ? nil : chance(8) ? Int.random(in: 0..<4, using: &random) : signer
        if chance(12) { channel = "other" }
        isTampered = chance(12)
        isMalformed = chance(20)
        content = UInt8.random(in: 0...1, using: &random)
    }
}

/// A private key, which an array can hold.
private final class KeyBox {
    let key: SigningPrivateKey
    init() throws { key = try SigningPrivateKey.generate() }
}

/// A seeded walk of the acceptance and of a reference that shares no code with it.
private struct Walk {
    private let boxes: [KeyBox]
    private let ids: [String]
    private var trustedKeys: [Set<Int>: TrustedKeys] = [:]
    private var trusted: Set<Int> = [0, 1]
    private var clock = Publisher.start.secondsSince1970
    private let skew: Int64 = 300
    private var ratchet: Ratchet?
    /// The newest accepted publication of the reference.
    private var newest: Candidate?
    /// The latest time that the reference knows from what was accepted.
    private var time: Int64 = 0
    private var past: [Candidate] = []
    private(set) var counts: [String: Int] = [:]

    init() throws {
        boxes = try (0..<4).map { _ in try KeyBox() }
        ids = boxes.map { $0.key.publicKey.id }
    }

    /// Evaluates one publication; returns what the reference expects, and the decision.
    mutating func step(_ random: inout SeededGenerator) throws -> (String, String) {
        clock += Int64.random(in: -60...100, using: &random)
        if Int.random(in: 0..<100, using: &random) == 0 { clock += Int64.random(in: -5000...5000, using: &random) }
        if Int.random(in: 0..<30, using: &random) == 0 {
            trusted.formSymmetricDifference([Int.random(in: 0..<4, using: &random)])
            if trusted.isEmpty { trusted = [0] }
        }
        let fresh = Candidate(&random, clock: clock, newest: newest?.serial ?? clock * 1000 - 900_000)
        let isOld = Int.random(in: 0..<4, using: &random) == 0
        let candidate = isOld ? past.randomElement(using: &random) ?? fresh : fresh
        past = past.suffix(40) + [candidate]
        let actual = try decide(candidate)
        let expected = reference(candidate)
        counts[expected, default: 0] += 1
        return (expected, actual)
    }

    /// Evaluates a publication as a server does, and advances the ratchet.
    private mutating func decide(_ candidate: Candidate) throws -> String {
        let keys = try trustedKeys[trusted] ?? #require(TrustedKeys(trusted.map { boxes[$0].key.publicKey }))
        trustedKeys[trusted] = keys
        let conditions = Acceptance.Conditions(
            trusted: keys,
            channel: .main,
            ratchet: ratchet,
            clock: Timestamp(secondsSince1970: clock),
            skew: skew
        )
        do throws(Refusal) {
            let accepted = try Acceptance.evaluate(envelope(candidate), conditions)
            ratchet = accepted.ratchet
            return accepted.isNew ? "new" : "same"
        } catch { return error.reason.rawValue }
    }

    private func envelope(_ candidate: Candidate) -> Envelope {
        let text = """
            {"_type":"\(Statement.type)","subject":[{"name":"registry.json","digest":{"sha256":"\(digest)"}},\
            {"name":"registry.json.gz","digest":{"sha256":"\(digest)"}}],"predicateType":"\(Statement.predicateType)",\
            "predicate":{"channel":"\(candidate.channel)","serial":\(candidate.serial),\
            "issued":"\(Timestamp(secondsSince1970: candidate.issued))",\
            "expires":"\(Timestamp(secondsSince1970: candidate.expires))","size":\(candidate.content + 1),\
            "compressedSize":1,"commit":null,"committedAt":\(candidate.isMalformed ? "1" : "null")}}
            """
        var payload = Array(text.utf8)
        let signed = Envelope(signing: payload, with: boxes[candidate.signer].key)
        if candidate.isTampered { payload.append(0x20) }
        let id = candidate.hint.map { ids[$0] } ?? "unknown"
        return Envelope(
            payload: payload,
            signatures: [Envelope.Signature(keyID: id, bytes: signed.signatures[0].bytes)]
        )
    }

    private var digest: String { String(repeating: "0", count: 64) }

    /// Decides by the table of the reasons, from the values that the publication was made of.
    private mutating func reference(_ candidate: Candidate) -> String {
        let now = max(clock, time)
        if let hint = candidate.hint, trusted.contains(hint) {
            if hint != candidate.signer || candidate.isTampered { return "unsigned" }
        } else if !trusted.contains(candidate.signer) || candidate.isTampered {
            return "untrusted-key"
        }
        if candidate.isMalformed { return "malformed" }
        if candidate.channel != "main" { return "wrong-channel" }
        if candidate.issued > now + skew || candidate.serial > (now + skew) * 1000 + 999 { return "from-the-future" }
        let validity = candidate.expires - candidate.issued
        if candidate.expires <= now - skew || validity <= 0 || validity > 366 * 86_400 { return "expired" }
        if let newest {
            if candidate.serial < newest.serial { return "rolled-back" }
            if candidate.serial == newest.serial {
                let isSame =
                    candidate.content == newest.content && candidate.issued == newest.issued
                    && candidate.expires == newest.expires
                return isSame ? "same" : "equivocation"
            }
        }
        (newest, time) = (candidate, max(time, min(candidate.issued, now)))
        return "new"
    }
}
