import RosterJSON
import RosterModel
import RosterPages
import RosterReview

extension ShownHistory {
    /// Returns the part of a history that a caller may see.
    ///
    /// Former names are names of other places: everything before the provider came from a place that the caller may not
    /// see is left out. What is not known to be visible is left out, too.
    ///
    /// - Parameters:
    ///   - history: the history.
    ///   - name: the name of the provider, `<project>/<handle>`, which the caller may see.
    ///   - uncommitted: the members of the file whose values are not those of the commit.
    ///   - rights: the names that the caller may see.
    init(_ history: CommittedHistory, of name: String, uncommitted: Set<String>, _ rights: HistoryRights) {
        self.init()
        hasOlder = history.hasOlder
        for member in uncommitted { lastChanges[member] = .notCommitted }
        var unknown = uncommitted
        for entry in history.entries {
            guard let commit = entry.commit, Self.areNamesVisible(in: entry.change, of: name, rights) else {
                isPartial = true
                hasOlder = false
                break
            }
            let shown = Self.permittedParts(of: entry.change, named: name, rights)
            if shown.isPartial { isPartial = true }
            let visible = Set(shown.fields.map(\.path))
            for field in entry.change.fields {
                guard let member = CommittedHistory.member(ofField: field.path) else { continue }
                // The last change of a member that the caller may not see is not an earlier one.
                guard visible.contains(field.path), !unknown.contains(member) else {
                    unknown.insert(member)
                    continue
                }
                unknown.insert(member)
                lastChanges[member] = .entry(entries.count)
            }
            // A change of nothing that the caller may see is not a change for it.
            guard !shown.fields.isEmpty || entry.change.fields.isEmpty && !shown.isPartial else { continue }
            entries.append(
                Entry(
                    commit: commit,
                    committedAt: entry.committedAt,
                    author: entry.author,
                    subject: rights.isEverythingVisible ? entry.subject : nil,
                    action: entry.change.action,
                    reasons: shown.reasons,
                    fields: shown.fields
                )
            )
        }
    }

    /// Returns the names of the provider before and after a change.
    private static func names(in change: Change, of name: String) -> (before: String?, after: String?) {
        guard let field = change.fields.first(where: { $0.path == "handle" }) else {
            return (change.handle ?? name, change.handle ?? name)
        }
        return (field.before?.string, field.after?.string)
    }

    private static func areNamesVisible(in change: Change, of name: String, _ rights: HistoryRights) -> Bool {
        let names = names(in: change, of: name)
        return [names.before, names.after, change.handle].compactMap(\.self).allSatisfy(rights.isVisible)
    }

    /// Returns the reasons and fields that a caller may see of a change whose names it may see.
    private static func permittedParts(
        of change: Change,
        named name: String,
        _ rights: HistoryRights
    ) -> (reasons: [Change.Reason], fields: [Change.Field], isPartial: Bool) {
        guard !rights.isEverythingVisible else { return (change.reasons, change.fields, false) }
        let names = names(in: change, of: name)
        let areSecretsVisible = [names.before, names.after].compactMap(\.self)
            .allSatisfy { rights.areSecretsVisible(in: String($0.prefix { $0 != "/" })) }
        let fields = change.fields.filter { field in
            if secretFields.contains(field.path) { return areSecretsVisible }
            return ownFields.contains(field.path) || CommittedHistory.member(ofField: field.path) != nil
        }
        let reasons = change.reasons.filter { reason in
            switch RiskCatalogue.scope(ofRule: reason.rule) {
            case .provider: true
            case .secrets: areSecretsVisible
            case .registry: false
            }
        }
        let isPartial = fields.count < change.fields.count || reasons.count < change.reasons.count
        return (reasons, fields, isPartial)
    }

    /// Fields that name a secret.
    private static let secretFields: Set = ["secret", "secretId"]

    /// Fields of the provider itself, in addition to the members of its file.
    private static let ownFields: Set = ["handle", "projectId", "defaultModel.price", "defaultModel.context"]
}
