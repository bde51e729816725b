extension Review {
    /// The changes as rows for people: guarded files of one risk are one row, however many there are.
    var rows: [Change] {
        var guarded: [Risk: [Change]] = [:]
        var rows: [Change] = []
        for change in changes {
            if change.reasons.count == 1, change.reasons[0].rule == GuardedFileChanged.name {
                guarded[change.risk, default: []].append(change)
            } else {
                rows.append(change)
            }
        }
        for files in guarded.values { rows.append(GuardedRow.row(of: files)) }
        return rows.sorted(by: Change.isOrderedBefore)
    }
}

/// Many guarded files as one row.
private enum GuardedRow {
    private static let nameLimit = 8
    private static let nameLength = 100

    /// The row of files of one risk, of which there is at least one.
    static func row(of files: [Change]) -> Change {
        guard files.count > 1, var row = files.first else { return files[0] }
        if !files.allSatisfy({ $0.action == row.action }) { row.action = .changed }
        row.line = nil
        let names = names(of: files.map(\.path))
        let rest = files.count > names.count ? " and \(files.count - names.count) more" : ""
        row.reasons[0].text =
            "\(files.count) files decide how changes are reviewed, shown or checked: "
            + names.joined(separator: ", ") + rest
        return row
    }

    /// The first names: folders take turns, so that many files of one folder do not keep out those of another.
    private static func names(of paths: [String]) -> [String] {
        var lanes: [(folder: Substring, paths: [String])] = []
        var positions: [Substring: Int] = [:]
        for path in paths {
            let words = path.split(separator: "/")
            let folder = words.count > 1 ? words[0] : ""
            if let position = positions[folder] {
                lanes[position].paths.append(path)
            } else {
                positions[folder] = lanes.count
                lanes.append((folder, [path]))
            }
        }
        var names: [String] = []
        var turn = 0
        while names.count < min(nameLimit, paths.count) {
            for lane in lanes where lane.paths.count > turn && names.count < nameLimit {
                names.append(lane.paths[turn])
            }
            turn += 1
        }
        return names.map { $0.unicodeScalars.count > nameLength ? $0.prefixOfScalars(nameLength) + "…" : $0 }
    }
}

extension String {
    /// The first scalars of the text.
    func prefixOfScalars(_ count: Int) -> String { String(String.UnicodeScalarView(unicodeScalars.prefix(count))) }
}
