/// The first sentence of a comment: the most severe effect of a change, and the number of further changes.
struct Headline {
    private static let length = 700

    /// The order in which effects are named within one risk; other rules follow.
    private static let precedence: [String: Int] = {
        let names = [
            KeyDestinationChanged.name, AmbientCredentialsGranted.name, AllowedHostsWidened.name, AccessRemoved.name,
            AccessWidened.name, AccessWidenedByMove.name, TokenHashChanged.name, PolicyWidens.name,
            SealingKeyTrusted.name, SecretReturned.name, GenerationOutOfStep.name, ProjectIDChanged.name,
            KeyPathChanged.name, KeyHeadersChanged.name, KnownSecretUsed.name, KeyReplaced.name,
        ]
        return Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }()

    let rows: [ReviewRow]
    let newErrors: Int
    let omitted: [Risk: Int]

    /// The sentence, in one line.
    var text: String {
        var counts: [Risk: Int] = [:]
        for row in rows { counts[row.change.risk, default: 0] += 1 }
        let errors = newErrors > 0 ? "\(ReviewWords.count(newErrors, "new error")) in the head" : nil
        guard let first = rows.min(by: Self.isMoreSevere) else {
            guard let errors else { return "**Roster: no changes to review**" }
            return "**Error:** \(errors), and no change that can be read"
        }
        counts[first.change.risk, default: 1] -= 1
        let further = rows.count - 1
        var parts = [Self.effect(first)]
        if further > 0 { parts.append("and \(ReviewWords.count(further, "further change")) (\(counts.words))") }
        if let errors { parts.append(errors) }
        let name = first.change.risk.name
        let text = "**\(name.prefix(1).uppercased() + name.dropFirst()):** " + parts.joined(separator: ", ")
        guard omitted.contains(where: { $0.key >= .high && $0.value > 0 }) else { return text }
        let left = "\(omitted[.critical] ?? 0) critical and \(omitted[.high] ?? 0) high changes are left out here"
        return text + ". **\(left), so this comment is not enough to decide.**"
    }

    /// Returns whether a row's effect takes precedence over another's.
    private static func isMoreSevere(_ one: ReviewRow, _ other: ReviewRow) -> Bool {
        if one.change.risk != other.change.risk { return one.change.risk > other.change.risk }
        return rank(one.change) < rank(other.change)
    }

    private static func rank(_ change: Change) -> Int {
        let ranks = change.reasons.filter { $0.risk == change.risk }.map { precedence[$0.rule] ?? precedence.count }
        // Files follow records and access, and gaps follow all of them.
        return (ranks.min() ?? precedence.count) + (change.subject == .file ? precedence.count : 0)
    }

    /// Returns the effect of a row, with the name of the record.
    private static func effect(_ row: ReviewRow) -> String {
        let change = row.change
        guard row.fileCount == 1 else {
            return "\(row.fileCount) files that decide how changes are reviewed, shown or checked are "
                + change.action.rawValue
        }
        let reasons = change.reasons.filter { $0.risk == change.risk }
        let reason = reasons.min {
            (precedence[$0.rule] ?? precedence.count) < (precedence[$1.rule] ?? precedence.count)
        }
        let text = ReviewWords.withoutScheme(reason?.text ?? "")
        let kind = change.kind == .sealingKey ? "sealing key" : change.kind.rawValue
        let name = change.handle ?? change.id ?? change.path
        let subject = "the \(kind) \(MarkdownText.name(name))"
        func sentence(_ text: Substring) -> String {
            MarkdownText.sentence(String(text), limit: length, showsNames: true)
        }
        if reason?.rule == KeyDestinationChanged.name { return sentence(text[...]) }
        if reason?.rule == GuardedFileChanged.name {
            return "\(subject) is \(change.action.rawValue), and \(sentence(text[...]))"
        }
        if text.hasPrefix("it ") { return "\(subject) \(sentence(text.dropFirst(3)))" }
        if change.kind == .secret, text.hasPrefix("the key ") {
            return "the key \(MarkdownText.name(name)) \(sentence(text.dropFirst(8)))"
        }
        return "\(subject) is \(change.action.rawValue): \(sentence(text[...]))"
    }
}
