import RosterBytes
package import RosterJSON
import RosterModel

/// One row of a review: what happened to one record or file, and how grave that is.
///
/// Nothing secret can be printed from it, for there is no member that a box, a token's hash or a plaintext would fit: of a
/// secret it says generation, the first digits of the fingerprint, recipients and hosts.
package struct Change: Sendable, Hashable {
    /// What the row is about.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case provider, secret, project
        case sealingKey = "sealing-key"
        case policy, token, file
    }

    /// What happened to it.
    package enum Action: String, Sendable, Hashable, CaseIterable {
        case added, deleted, changed, moved, resealed
    }

    package var kind: Kind
    package var action: Action
    /// Nil for policies and files, which have none, and for records that cannot be read.
    package var id: String?
    /// `<project>/<handle>` of a provider or secret, a project's or policy's handle, a key's or token's name, nil for a
    /// file.
    package var handle: String?
    /// Which rules spoke, the gravest first.
    package var reasons: [Reason] = []
    /// What differs, in the format's order.
    package var fields: [Field] = []
    /// The file in the head, in the base when it is gone; relative to git's top level.
    package var path: String
    /// The line of what changed in the head, from 1; nil when it is gone, or the whole file is meant.
    package var line: Int?
    /// The owners of the file, as the target branch's CODEOWNERS names them; nil when they are not known.
    package var owners: [String]? = []

    /// The highest risk of the reasons.
    package var risk: Risk { reasons.map(\.risk).max() ?? .low }

    /// A rule that spoke, and its sentence.
    package struct Reason: Sendable, Hashable {
        package var rule: String
        package var risk: Risk
        /// Why, in one sentence without a full stop.
        package var text: String
    }

    /// A value on both sides.
    package struct Field: Sendable, Hashable {
        /// As the files name it, config by its keys: `config.retry.max`.
        package var path: String
        /// Nil when there was none.
        package var before: JSONValue?
        /// Nil when there is none.
        package var after: JSONValue?
        /// The line in the head, from 1.
        package var line: Int?
    }
}

extension Change {
    /// What rows are about, in the order of rows of one risk.
    enum Subject: Int, Hashable {
        /// Sealing keys, and who may read.
        case access
        /// Providers, secrets and their projects.
        case record
        case file
    }

    /// What the row is about.
    var subject: Subject {
        switch kind {
        case .sealingKey, .policy, .token: .access
        case .provider, .secret, .project: .record
        case .file: fields.contains { $0.path == "access" } ? .access : .file
        }
    }

    /// The order of rows: the highest risk first, then by subject, then by path and place.
    package static func isOrderedBefore(_ one: Change, _ other: Change) -> Bool {
        if one.risk != other.risk { return one.risk > other.risk }
        if one.subject != other.subject { return one.subject.rawValue < other.subject.rawValue }
        if one.path != other.path { return one.path.precedesInBytes(other.path) }
        let kinds = (Kind.allCases.firstIndex(of: one.kind) ?? 0, Kind.allCases.firstIndex(of: other.kind) ?? 0)
        if kinds.0 != kinds.1 { return kinds.0 < kinds.1 }
        let names = [one, other].map { ($0.handle ?? "") + "\u{0}" + ($0.id ?? "") + "\u{0}" + $0.action.rawValue }
        return names[0].precedesInBytes(names[1])
    }
}
