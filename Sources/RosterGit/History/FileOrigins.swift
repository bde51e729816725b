import RosterSources

/// Follows files from the newest commit back to the one that made each, through their renames.
struct FileOrigins {
    /// The dates of each file that was asked about, by its path today; complete once ``isComplete``.
    private(set) var dates: [String: FileDates] = [:]
    /// The files that the commit at hand made, for they began with it.
    private(set) var begun: [String] = []
    /// The path today of each file that is still followed, by its path at the commit at hand.
    private var followed: [String: String]
    /// What takes effect before the next older commit: renames of one commit are all at once.
    private var pending: [(path: String, earlier: String?)] = []
    private var date: Int64 = 0

    init(paths: some Sequence<String>) {
        followed = Dictionary(paths.map { ($0, $0) }) { first, _ in first }
    }

    /// Whether the first commit of every file was seen.
    var isComplete: Bool { followed.isEmpty }

    /// Goes on to the next older commit.
    mutating func begin(committedAt date: Int64) {
        let moves = pending.map { (today: followed.removeValue(forKey: $0.path), earlier: $0.earlier) }
        for move in moves {
            if let today = move.today, let earlier = move.earlier { followed[earlier] = today }
        }
        pending.removeAll(keepingCapacity: true)
        begun.removeAll(keepingCapacity: true)
        self.date = date
    }

    /// Notes what the commit at hand did to a path.
    mutating func note(_ path: String, _ change: HistoryLog.Change) {
        guard let today = followed[path] else { return }
        switch change {
        case .added:
            begun.append(today)
            pending.append((path, nil))
        case .renamed(let earlier): pending.append((path, earlier))
        case .changed: break
        case .deleted: return
        }
        dates[today] = FileDates(created: date, updated: dates[today]?.updated ?? date)
    }
}
