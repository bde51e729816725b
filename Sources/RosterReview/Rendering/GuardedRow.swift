/// A row for display: one change, or several guarded files of one risk.
struct ReviewRow {
    /// The change, or the common one of all files.
    var change: Change
    /// The number of files.
    var fileCount = 1
    /// The first files, if there are several.
    var named: [Change] = []
}

extension Review {
    /// The changes as rows for display: all guarded files of one risk are one row.
    var groupedRows: [ReviewRow] {
        var guarded: [Risk: [Change]] = [:]
        var rows: [ReviewRow] = []
        for change in changes {
            if change.reasons.count == 1, change.reasons[0].rule == GuardedFileChanged.name {
                guarded[change.risk, default: []].append(change)
            } else {
                rows.append(ReviewRow(change: change))
            }
        }
        for files in guarded.values { rows.append(GuardedRow.row(of: files)) }
        return rows.sorted { Change.isOrderedBefore($0.change, $1.change) }
    }

    /// The changes of the rows for display.
    var rows: [Change] { groupedRows.map(\.change) }
}

/// Groups guarded files into one row.
private enum GuardedRow {
    private static let nameLimit = 8
    private static let nameLength = 100

    /// Returns the row of one or more files of one risk.
    static func row(of files: [Change]) -> ReviewRow {
        guard files.count > 1, var row = files.first else { return ReviewRow(change: files[0]) }
        if !files.allSatisfy({ $0.action == row.action }) { row.action = .changed }
        row.line = nil
        let named = leading(files)
        let rest = files.count > named.count ? " and \(files.count - named.count) more" : ""
        row.reasons[0].text =
            "\(files.count) files decide how changes are reviewed, shown or checked: "
            + named.map(name).joined(separator: ", ") + rest
        var owners: [String] = []
        var known: Set<String> = []
        for file in files { owners += (file.owners ?? []).filter { known.insert($0).inserted } }
        row.owners = files.contains { $0.owners == nil } ? nil : owners
        return ReviewRow(change: row, fileCount: files.count, named: named)
    }

    private static func name(_ file: Change) -> String {
        let isLong = file.path.unicodeScalars.count > nameLength
        return isLong ? file.path.prefixOfScalars(nameLength) + "…" : file.path
    }

    /// Returns the files that are named: folders alternate, so that many files of one folder do not displace those of
    /// another.
    private static func leading(_ files: [Change]) -> [Change] {
        var lanes: [[Change]] = []
        var positions: [Substring: Int] = [:]
        for file in files {
            let words = file.path.split(separator: "/")
            let folder = words.count > 1 ? words[0] : ""
            if let position = positions[folder] {
                lanes[position].append(file)
            } else {
                positions[folder] = lanes.count
                lanes.append([file])
            }
        }
        var leading: [Change] = []
        var turn = 0
        while leading.count < min(nameLimit, files.count) {
            for lane in lanes where lane.count > turn && leading.count < nameLimit { leading.append(lane[turn]) }
            turn += 1
        }
        return leading
    }
}
