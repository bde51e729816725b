import RosterCompiler
import RosterSemantics

extension Comparison {
    /// Returns the row of a provider or secret, with the reasons of its rules.
    func row(
        _ kind: Change.Kind,
        _ id: String,
        _ before: PartialRegistry.File?,
        _ after: PartialRegistry.File?,
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
        // A record that replaces an unreadable file also counts as added.
        if before == nil { row.reasons += reasons().filter { $0.risk > UnreadableRecord.risk } }
        return row
    }

    /// Adds the reasons that concern the record's files, and sorts all reasons.
    func finish(_ row: inout Change, _ before: PartialRegistry.File?, _ after: PartialRegistry.File?) {
        if !isHidden(before, after), after?.hasErrors == true {
            row.add(UnreadableRecord.reason(UnreadableRecord.inPart))
        }
        row.add(Self.silenced(before, after))
        row.finishReasons()
    }

    /// Returns whether the missing record of one side may be in a file that cannot be read.
    func isHidden(_ before: PartialRegistry.File?, _ after: PartialRegistry.File?) -> Bool {
        if let before, after == nil { return context.head.file(before.path)?.state == .broken }
        if let after, before == nil { return context.base.file(after.path)?.state == .broken }
        return false
    }

    /// Returns the reason for a record of one side whose file the other side has too.
    func unreadable(_ before: PartialRegistry.File?, _ after: PartialRegistry.File?) -> Change.Reason {
        UnreadableRecord.reason(UnreadableRecord.sentence(isInBase: before == nil, isInHead: after == nil))
    }

    static func action(_ before: PartialRegistry.File?, _ after: PartialRegistry.File?) -> Change.Action {
        guard let before else { return .added }
        guard let after else { return .deleted }
        return before.path == after.path ? .changed : .moved
    }

    /// Returns the reason for suppressions that only the head has.
    static func silenced(_ before: PartialRegistry.File?, _ after: PartialRegistry.File?) -> Change.Reason? {
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
    /// Adds a reason, if there is one.
    mutating func add(_ reason: Reason?) {
        if let reason { reasons.append(reason) }
    }

    /// Lowers every reason to at most a risk.
    mutating func limitRisk(to limit: Risk) {
        for index in reasons.indices { reasons[index].risk = min(reasons[index].risk, limit) }
    }

    /// Sorts the reasons by risk, and adds one to a row without reasons.
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
