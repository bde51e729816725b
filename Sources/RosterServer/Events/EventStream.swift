/// The event stream of one connection.
///
/// It retains what the client has, and no event: a client that reads slowly gets the last one only.
final class EventStream {
    let audience: EventAudience
    /// The session whose end ends the stream; nil for a client that sends its token.
    let session: Session?
    /// A Boolean value that indicates whether the stream is sent in chunks.
    let isChunked: Bool
    /// The digest that the client has; nil when it is not known.
    private var knownDigest: String?

    /// Creates a stream whose client has the current state, or the one that `lastEventID` names.
    init(of audience: EventAudience, session: Session?, lastEventID: String?, isChunked: Bool) {
        (self.audience, self.session) = (audience, session)
        self.isChunked = isChunked
        let digest = audience.event?.digest
        // The digest that is equal to the id is kept, since many streams share it.
        knownDigest = lastEventID == nil || lastEventID == digest ? digest : nil
    }

    /// A Boolean value that indicates whether the client lacks the current event.
    var lacksEvent: Bool { audience.event.map { $0.digest != knownDigest } ?? false }

    /// Returns the current event, which the client has from then on; nil when the client has it already.
    func takeEvent() -> RegistryEvent? {
        guard lacksEvent, let event = audience.event else { return nil }
        knownDigest = event.digest
        return event
    }
}

/// The clients of one event loop that send the same credential, and so hear the same.
final class EventAudience {
    /// Everything that an event depends on besides the credential.
    struct Version: Equatable {
        /// The generation of the snapshot.
        var generation: Int
        /// The number of the day, on which the expiry of tokens depends.
        var day: Int64
        /// A Boolean value that indicates whether the publication has expired.
        var isExpired: Bool
    }

    let credential: Credential
    /// The number of streams.
    fileprivate(set) var count = 0
    /// The event of the current state; nil when the credential is no longer valid.
    private(set) var event: RegistryEvent?
    private var version: Version?

    init(_ credential: Credential) { self.credential = credential }

    /// Brings the event up to date, unless it is of this version already.
    func update(to version: Version, _ event: (Credential) -> RegistryEvent?) {
        guard version != self.version else { return }
        self.event = event(credential)
        self.version = version
    }
}

/// The audiences of one event loop.
struct EventAudiences {
    private var audiences: [Credential: EventAudience] = [:]

    /// Adds a stream of a credential, and returns its audience.
    mutating func join(_ credential: Credential) -> EventAudience {
        let audience = audiences[credential] ?? EventAudience(credential)
        audiences[credential] = audience
        audience.count += 1
        return audience
    }

    /// Removes a stream.
    mutating func leave(_ audience: EventAudience) {
        audience.count -= 1
        if audience.count == 0 { audiences[audience.credential] = nil }
    }
}
