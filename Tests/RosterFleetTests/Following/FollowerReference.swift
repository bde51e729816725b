/// A publication of a random walk, in the words of the reference.
struct WalkPublication: Equatable {
    /// The milliseconds of the serial.
    var serial: Int64
    /// The times in seconds.
    var issued, expires: Int64
    /// The number of the registry.
    var content: Int
    /// The number of the key.
    var key: Int
    var isOtherChannel: Bool
    /// A Boolean value that indicates whether the envelope is damaged.
    var isMalformed: Bool
}

/// The rules of following publications, as simply as they can be written: everything is evaluated at every step.
struct FollowerReference {
    static let skew: Int64 = 300
    /// The registry that the server refuses.
    static let refusedContent = 2

    var trusted: Set<Int> = [0]
    /// The time in milliseconds.
    var clock: Int64
    var offered: [WalkPublication?]
    /// The registries whose blobs can be read.
    var readable: Set<Int> = [0, 1, 2]
    var newest: WalkPublication?
    /// The seconds of the latest time that is known from what was accepted.
    private var time: Int64 = 0
    var served: WalkPublication?
    /// The publication in the state folder, which stays there when its key is not trusted at a start.
    private var saved: WalkPublication?
    private var equivocated: Set<Int64> = []
    /// The positions whose publication the server refused.
    private var opening: Set<Int> = []

    init(clock: Int64, sources: Int) { (self.clock, offered) = (clock, Array(repeating: nil, count: sources)) }

    mutating func offer(_ publication: WalkPublication, at position: Int) {
        guard offered[position] != publication else { return }
        offered[position] = publication
        opening.remove(position)
    }

    /// Accepts what can be accepted.
    mutating func settle() {
        var skipped = opening
        while true {
            let valid = offered.indices.filter { !skipped.contains($0) && isAcceptable(offered[$0]) }
            guard let serial = valid.compactMap({ offered[$0]?.serial }).max() else { return }
            let best = valid.filter { offered[$0]?.serial == serial }
            guard let publication = offered[best[0]], best.allSatisfy({ offered[$0] == publication }) else {
                equivocated.insert(serial)
                continue
            }
            let isRefresh = publication.content == served?.content
            if !isRefresh, !readable.contains(publication.content) {
                skipped.formUnion(best)
            } else if !isRefresh, publication.content == Self.refusedContent {
                opening.formUnion(best)
                skipped.formUnion(best)
            } else {
                if publication != newest { time = max(time, min(publication.issued, now)) }
                (newest, served, saved) = (publication, publication, publication)
                equivocated = equivocated.filter { $0 > serial }
            }
        }
    }

    private func isAcceptable(_ publication: WalkPublication?) -> Bool {
        guard let publication, isValid(publication) else { return false }
        guard publication != newest else { return served != newest }
        return publication.serial > newest?.serial ?? 0 && !equivocated.contains(publication.serial)
    }

    private var now: Int64 { max(clock / 1000, time) }

    /// Returns a Boolean value that indicates whether the signature, the channel and the times are valid.
    private func isValid(_ publication: WalkPublication) -> Bool {
        !publication.isMalformed && trusted.contains(publication.key) && !publication.isOtherChannel
            && publication.issued <= now + Self.skew && publication.serial / 1000 <= now + Self.skew
            && publication.expires > now - Self.skew && publication.expires > publication.issued
    }

    mutating func trust(_ keys: Set<Int>) {
        guard keys != trusted else { return }
        trusted = keys
        opening = []
    }

    /// Starts again with what the state folder has.
    mutating func restart() {
        (newest, served, equivocated, opening, time) = (nil, nil, [], [], 0)
        guard let saved, trusted.contains(saved.key) else { return }
        (newest, time) = (saved, saved.issued)
        if isValid(saved) { served = saved }
    }
}
