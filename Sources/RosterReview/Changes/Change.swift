import RosterBytes
package import RosterJSON
import RosterModel

/// A row of a review: a change of one record or file, with its risk.
///
/// No member can contain a box, a token's hash or a plaintext. A secret is described by its generation, the first
/// digits of its fingerprint, its recipients and its hosts.
package struct Change: Sendable, Hashable {
    /// The kind of record or file that changed.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case provider, secret, project
        case sealingKey = "sealing-key"
        case policy, token, file
    }

    /// The kind of change.
    package enum Action: String, Sendable, Hashable, CaseIterable {
        case added, deleted, changed, moved, resealed
    }

    package var kind: Kind
    package var action: Action
    /// The id; nil for policies and files, which have none, and for records that cannot be read.
    package var id: String?
    /// The name: `<project>/<handle>` of a provider or secret, a project's or policy's handle, a key's or token's name,
    /// nil for a file.
    package var handle: String?
    /// The reasons of all matching rules, the most severe first.
    package var reasons: [Reason] = []
    /// The fields that differ, in the format's order.
    package var fields: [Field] = []
    /// The file in the head, or in the base if it was deleted; relative to git's top level.
    package var path: String
    /// The line of the change in the head, from 1; nil if it was deleted, or if the row concerns the whole file.
    package var line: Int?
    /// The owners of the file according to the target branch's CODEOWNERS; nil when they are unknown.
    package var owners: [String]? = []

    /// The highest risk of the reasons.
    package var risk: Risk { reasons.map(\.risk).max() ?? .low }

    /// The name of a matching rule, its risk and its sentence.
    package struct Reason: Sendable, Hashable {
        package var rule: String
        package var risk: Risk
        /// The reason, in one sentence without a full stop.
        package var text: String
    }

    /// A value on both sides.
    package struct Field: Sendable, Hashable {
        /// The path as the files name it, with the keys of config: `config.retry.max`.
        package var path: String
        /// The value in the base; nil if it is absent.
        package var before: JSONValue?
        /// The value in the head; nil if it is absent.
        package var after: JSONValue?
        /// The line in the head, from 1.
        package var line: Int?
    }
}

extension Change {
    /// The subject of a row; its order is that of rows of one risk.
    enum Subject: Int, Hashable {
        /// Sealing keys and access.
        case access
        /// Providers, secrets and their projects.
        case record
        case file
    }

    /// The subject of the row.
    var subject: Subject {
        switch kind {
        case .sealingKey, .policy, .token: .access
        case .provider, .secret, .project: .record
        case .file: fields.contains { $0.path == "access" } ? .access : .file
        }
    }

    /// Returns whether a row precedes another: by risk, then subject, path and name.
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
