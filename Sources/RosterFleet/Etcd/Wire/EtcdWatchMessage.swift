import RosterBytes

/// A line of the stream of a watch of one key.
enum EtcdWatchMessage: Hashable, Sendable {
    /// Nothing changed, such as the confirmation of the watch.
    case nothing
    /// The newest change of the key.
    case changed(EtcdChange)
    /// The revision from which the watch starts is compacted.
    case compacted
    /// The user may not read the key, or the token expired.
    case unauthorized
    /// The server ended the watch for another reason.
    case ended

    /// Parses a line of the watch of a key, whose changes must be after a revision.
    init(_ line: [UInt8], key: [UInt8], after revision: Int64) throws(SourceProblem) {
        let message = try EtcdMembers(parsing: line)
        guard let result = try message.members("result") else {
            guard message.has("error") else { throw EtcdMembers.malformed }
            self = .ended
            return
        }
        let compacted = try result.number("compact_revision")
        guard try !result.boolean("canceled"), compacted == 0 else {
            let reason = try result.text("cancel_reason")
            self =
                if compacted > 0 { .compacted } else if Self.denials.contains(where: { reason.contains($0) }) {
                    .unauthorized
                } else { .ended }
            return
        }
        var newest = revision
        var change: EtcdChange?
        for event in try result.elements("events") {
            let next = try EtcdChange(event, key: key)
            guard next.revision > newest else { throw EtcdMembers.malformed }
            newest = next.revision
            change = next
        }
        self = change.map { .changed($0) } ?? .nothing
    }

    /// The parts of reasons for which another user or token is needed.
    private static let denials = ["PermissionDenied", "Unauthenticated", "user name is empty"]
}

/// A change of a key.
struct EtcdChange: Hashable, Sendable {
    let revision: Int64
    /// Nil when the key was deleted.
    let value: [UInt8]?

    init(_ event: EtcdMembers, key: [UInt8]) throws(SourceProblem) {
        guard let entry = try event.members("kv").map({ (members) throws(SourceProblem) in try EtcdEntry(members) }),
            entry.key == key
        else { throw EtcdMembers.malformed }
        revision = entry.revision
        switch try event.text("type") {
        case "", "PUT": value = entry.value
        case "DELETE": value = nil
        default: throw EtcdMembers.malformed
        }
    }
}
