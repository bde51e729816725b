import RosterBytes
import RosterDiagnostics
import RosterJSON
import RosterModel
import SealedBoxes

/// The digest of exactly one comparison, which a reviewer accepts.
///
/// It covers the rows, the identity of each side, and the version of the rules, but neither names of refs nor paths of
/// clones. So every machine, run and format has the same plan for the same comparison, and each change of a record
/// changes the plan.
package struct Plan: Sendable, Hashable {
    /// The version of the rules that give a change its risk.
    ///
    /// It is increased when a rule is added, removed or evaluates differently, so that plans that were accepted under
    /// other rules become invalid.
    package static let rulesVersion = 3

    /// The number of hexadecimal digits of a plan.
    package static let digitCount = 12

    /// The plan as lower-case hexadecimal digits.
    package let digits: String

    /// Parses a plan; returns nil unless it consists of 12 lower-case hexadecimal digits.
    package init?(digits: String) {
        let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x66 }
        guard digits.utf8.count == Self.digitCount, digits.utf8.allSatisfy(isDigit) else { return nil }
        self.digits = digits
    }

    /// Computes the plan of rows between sides.
    ///
    /// - Parameters:
    ///   - changes: the rows, in any order.
    ///   - sides: the identities of every tree that was compared, in an order that does not depend on names.
    init(changes: [Change], sides: [SideIdentity]) {
        var message = PlanMessage()
        message.add("roster plan \(Self.rulesVersion)")
        message.add(sides.map(\.text))
        message.add(changes.map(Self.canonicalText).sorted { $0.precedesInBytes($1) })
        digits = String(message.digest().prefix(Self.digitCount))
    }

    /// Returns the row as JSON without optional white space.
    private static func canonicalText(_ change: Change) -> String {
        var json = JSONWriter(.compact)
        json.row(change)
        return json.text
    }
}

/// A hash of texts with their lengths, so that different lists of texts have different inputs.
struct PlanMessage: ~Copyable {
    private var hash = SHA256()

    /// Appends a text.
    mutating func add(_ text: String) {
        hash.update(Array("\(text.utf8.count) ".utf8).span)
        hash.update(Array(text.utf8).span)
    }

    /// Appends a list.
    mutating func add(_ texts: [String]) {
        hash.update(Array("[\(texts.count) ".utf8).span)
        for text in texts { add(text) }
    }

    /// Returns the SHA-256 of all appended texts, in hexadecimal digits.
    consuming func digest() -> String { hash.finish().hex }
}
