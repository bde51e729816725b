import RosterPublication

/// The newest that is known of a manifest.
struct EtcdKnowledge: Hashable, Sendable {
    /// The value of the key.
    enum Content: Hashable, Sendable {
        case manifest([UInt8])
        /// There is no such key.
        case missing
        case tooLarge
    }

    /// The revision of the last change; 0 when a read found no key.
    let revision: Int64
    let content: Content

    private init(_ value: [UInt8]?, revision: Int64) {
        self.revision = revision
        content =
            if let value { value.count > PublicationLimits.manifest ? .tooLarge : .manifest(value) } else { .missing }
    }

    init(_ found: EtcdFound) {
        self.init(found.entries.first?.value, revision: found.entries.first?.revision ?? 0)
    }

    init(_ change: EtcdChange) { self.init(change.value, revision: change.revision) }

    /// Returns a Boolean value that indicates whether both are of the same state of the key.
    func agrees(with other: EtcdKnowledge) -> Bool {
        content == other.content && (revision == other.revision || content == .missing)
    }

    /// The event that reports a change to this.
    var event: SourceEvent {
        switch content {
        case .manifest(let bytes): .manifest(bytes)
        case .missing: .failed(SourceProblem(.notFound, "etcd has no publication of this channel below the prefix"))
        case .tooLarge:
            .failed(
                SourceProblem(
                    .content(.tooLarge),
                    "the manifest in etcd has more than \(PublicationLimits.manifest) bytes"
                )
            )
        }
    }

    /// The event that confirms this.
    var confirmation: SourceEvent {
        if case .manifest = content { .same } else { event }
    }
}
