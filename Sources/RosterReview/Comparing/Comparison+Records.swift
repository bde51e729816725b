import RosterCompiler

extension Comparison {
    /// The row of a provider or secret that one side has at least, with the reasons that its rules give.
    func row(
        _ kind: Change.Kind,
        _ id: String,
        _ before: ReadRecords.File?,
        _ after: ReadRecords.File?,
        _ fields: FieldDifferences,
        reasons: () -> [Change.Reason]
    ) -> Change {
        let shown = after ?? before
        let isHidden = isHidden(before, after)
        var row = Change(
            kind: kind,
            action: isHidden ? .changed : Self.action(before, after),
            id: id,
            handle: shown?.fullName,
            fields: fields.fields,
            path: context.head.pathPrefix + (shown?.path ?? ""),
            line: after.map { fields.line ?? $0.line } ?? (isHidden ? 1 : nil)
        )
        guard isHidden else {
            row.reasons = reasons()
            return row
        }
        row.reasons = [unreadable(before, after)]
        // A record that comes back in a file that could not be read is judged as one that is added, too.
        if before == nil { row.reasons += reasons().filter { $0.risk > UnreadableRecord.risk } }
        return row
    }

    /// Adds the reasons that lie in the record's files, and puts all in order.
    func finish(_ row: inout Change, _ before: ReadRecords.File?, _ after: ReadRecords.File?) {
        if !isHidden(before, after), after?.hasErrors == true {
            row.add(UnreadableRecord.reason(UnreadableRecord.inPart))
        }
        row.add(Self.silenced(before, after))
        row.finishReasons()
    }

    /// Whether what is missing on one side stands there in a file that cannot be read.
    func isHidden(_ before: ReadRecords.File?, _ after: ReadRecords.File?) -> Bool {
        if let before, after == nil { return context.head.file(before.path)?.state == .broken }
        if let after, before == nil { return context.base.file(after.path)?.state == .broken }
        return false
    }

    /// The reason for a record that only one side gives, though the other has its file.
    func unreadable(_ before: ReadRecords.File?, _ after: ReadRecords.File?) -> Change.Reason {
        UnreadableRecord.reason(UnreadableRecord.sentence(isInBase: before == nil, isInHead: after == nil))
    }

    static func action(_ before: ReadRecords.File?, _ after: ReadRecords.File?) -> Change.Action {
        guard let before else { return .added }
        guard let after else { return .deleted }
        return before.path == after.path ? .changed : .moved
    }

    /// The reason for suppressions that the head has and the base does not.
    static func silenced(_ before: ReadRecords.File?, _ after: ReadRecords.File?) -> Change.Reason? {
        var known: [String: Int] = [:]
        for rule in before?.suppressions ?? [] { known[rule, default: 0] += 1 }
        let added = (after?.suppressions ?? []).filter { rule in
            guard let count = known[rule], count > 0 else { return true }
            known[rule] = count - 1
            return false
        }
        return SuppressionAdded.sentence(added).map(SuppressionAdded.reason)
    }
}

extension Change {
    /// Adds a reason, where there is one.
    mutating func add(_ reason: Reason?) {
        if let reason { reasons.append(reason) }
    }

    /// Lowers every reason to a risk.
    mutating func limitRisk(to limit: Risk) {
        for index in reasons.indices { reasons[index].risk = min(reasons[index].risk, limit) }
    }

    /// Puts the highest risk first, and gives one to a row that no rule spoke of.
    mutating func finishReasons() {
        if reasons.isEmpty {
            reasons = [
                fields.isEmpty ? TextOnly.reason(TextOnly.sentence) : LabelChanged.reason(LabelChanged.sentence)
            ]
        }
        let ordered = reasons.enumerated().sorted { one, other in
            (one.element.risk, other.offset) > (other.element.risk, one.offset)
        }
        reasons = ordered.map(\.element)
    }
}
