import RosterCompiler
import RosterSemantics
import RosterSources

extension Comparison {
    /// Returns rows for changed files that cannot be parsed on at least one side.
    func brokenRows(excluding rows: [Change]) -> [Change] {
        let (base, head) = (context.base, context.head)
        let known = Set(rows.map(\.path))
        var paths = Set(base.records.files.filter { $0.state == .broken }.map(\.path))
        paths.formUnion(head.records.files.filter { $0.state == .broken }.map(\.path))
        return paths.compactMap { path in
            let (before, after) = (base.file(path), head.file(path))
            guard let shown = after ?? before else { return nil }
            if let before, let after, before.hasSameContents(as: after), before.state == after.state { return nil }
            let isBroken = (before?.state == .broken, after?.state == .broken)
            let prefixed = head.pathPrefix + path
            // A record that was or is at this path has a separate row.
            guard !known.contains(prefixed) else { return nil }
            let kind: Change.Kind =
                switch shown.role {
                case .provider: .provider
                case .secret: .secret
                case .roster: .file
                }
            return Change(
                kind: kind,
                action: Self.action(before, after),
                id: nil,
                handle: shown.role == .roster ? nil : shown.fullName,
                reasons: [
                    shown.role == .roster
                        ? UnreadableRecord.rosterReason(isInBase: isBroken.0, isInHead: isBroken.1)
                        : UnreadableRecord.reason(UnreadableRecord.sentence(isInBase: isBroken.0, isInHead: isBroken.1))
                ],
                path: prefixed,
                line: after.map { _ in 1 }
            )
        }
    }

    /// Returns the row for a change of very many providers.
    func sizeRow(_ rows: [Change]) -> Change? {
        let touched = rows.count { row in
            guard row.kind == .provider, row.action != .added else { return false }
            return row.action == .deleted || row.fields.contains { $0.path != "handle" }
        }
        let count = context.base.providerFileCount
        return ManyProvidersChanged.sentence(touched: touched, of: count).map { sentence in
            Change(
                kind: .file,
                action: .changed,
                reasons: [ManyProvidersChanged.reason(sentence)],
                path: context.head.pathPrefix + FileRole.provider.folder
            )
        }
    }
}
