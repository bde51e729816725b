import Foundation
import RosterBytes
import RosterModel
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterPublication

/// Keys and statements of a test.
enum Publisher {
    static let start = Timestamp(secondsSince1970: 1_795_899_518)
    static let day: Int64 = 86_400

    /// Returns a statement that is valid at ``start``.
    static func statement(
        _ serial: Int64 = 1_795_899_518_487,
        channel: Channel = .main,
        issued: Timestamp = start,
        expires: Timestamp? = nil
    ) throws -> Statement {
        Statement(
            channel: channel,
            serial: try #require(Serial(milliseconds: serial)),
            issued: issued,
            expires: expires ?? issued.adding(14 * day),
            registry: .init(of: Array("{}".utf8)),
            compressed: .init(of: Array("compressed".utf8)),
            commit: Statement.Commit(id: String(repeating: "a1", count: 20), date: start.adding(-97))
        )
    }

    /// Returns a statement with random values.
    static func random(_ random: inout SeededGenerator) throws -> Statement {
        func content(_ random: inout SeededGenerator) -> Statement.Content {
            let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
            return .init(digest: Digest(bytes: bytes), size: Int.random(in: 1...(1 << 30), using: &random))
        }
        let hex = Array("0123456789abcdef")
        let characters = Array("abcXYZ019._-")
        func text(_ characters: [Character], _ count: Int, _ random: inout SeededGenerator) -> String {
            String((0..<count).compactMap { _ in characters.randomElement(using: &random) })
        }
        let name = "_" + text(characters, Int.random(in: 0..<100, using: &random), &random)
        let id = text(hex, Bool.random(using: &random) ? 40 : 64, &random)
        func time(_ random: inout SeededGenerator) -> Timestamp {
            Timestamp(secondsSince1970: Int64.random(in: 0...253_402_300_799, using: &random))
        }
        return Statement(
            channel: try #require(Channel(name)),
            serial: try #require(Serial(milliseconds: Int64.random(in: 1...PublicationLimits.integer, using: &random))),
            issued: time(&random),
            expires: time(&random),
            registry: content(&random),
            compressed: content(&random),
            commit: Bool.random(using: &random) ? nil : Statement.Commit(id: id, date: time(&random))
        )
    }

    /// Returns the conditions that ``statement(_:channel:issued:expires:)`` is accepted under.
    static func conditions(_ keys: [SigningPublicKey], after ratchet: Ratchet? = nil) throws -> Acceptance.Conditions {
        let trusted = try #require(TrustedKeys(keys))
        return Acceptance.Conditions(trusted: trusted, channel: .main, ratchet: ratchet, clock: start, skew: 300)
    }
}

/// Returns the refusal that a closure throws.
func refusal(_ body: () throws -> Void) -> Refusal? {
    do {
        try body()
        return nil
    } catch { return error as? Refusal }
}

/// Returns a text with the first occurrence of a part replaced.
func replace(_ text: String, _ part: String, _ replacement: String) throws -> [UInt8] {
    let range = try #require(text.firstRange(of: part))
    return Array(text.replacingCharacters(in: range, with: replacement).utf8)
}
