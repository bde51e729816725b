import RosterSources

/// Follows files from the newest commit back to the commit that added each, across renames.
struct FileOrigins {
    /// The dates of each requested file, by its current path; complete once ``isComplete``.
    private(set) var dates: [String: FileDates] = [:]
    /// The files that the current commit added.
    private(set) var begun: [String] = []
    /// The current path of each file that is still followed, by its path at the current commit.
    private var followed: [String: String]
    /// Renames to apply before the next older commit: those of one commit apply together.
    private var pending: [(path: String, earlier: String?)] = []
    private var date: Int64 = 0

    init(paths: some Sequence<String>) {
        followed = Dictionary(paths.map { ($0, $0) }) { first, _ in first }
    }

    /// A Boolean value that indicates whether the first commit of every file was seen.
    var isComplete: Bool { followed.isEmpty }

    /// Continues with the next older commit.
    mutating func begin(committedAt date: Int64) {
        let moves = pending.map { (today: followed.removeValue(forKey: $0.path), earlier: $0.earlier) }
        for move in moves {
            if let today = move.today, let earlier = move.earlier { followed[earlier] = today }
        }
        pending.removeAll(keepingCapacity: true)
        begun.removeAll(keepingCapacity: true)
        self.date = date
    }

    /// Records a change that the current commit made to a path.
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
