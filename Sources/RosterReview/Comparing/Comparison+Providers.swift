import RosterCompiler
import RosterModel

extension Comparison {
    /// What happened to a provider; nil when nothing did.
    func providerRow(_ pair: ProviderPair) -> Change? {
        guard let shown = pair.after ?? pair.before, !isSameFile(pair.before?.file, pair.after?.file, pair) else {
            return nil
        }
        var pair = pair
        let places = pair.after.map { FieldPlaces($0.file.bytes) }
        var fields = FieldDifferences(in: places)
        let (before, after) = (pair.before, pair.after)
        fields.compare("handle", [], before.map { .string($0.file.fullName) }, after.map { .string($0.file.fullName) })
        if let was = before?.record.projectID, let now = after?.record.projectID, was != now {
            // The project's own row says when its id changed.
            if before?.file.project != after?.file.project {
                fields.compare("projectId", [], .string(was), .string(now))
            }
        }
        fields.compare("name", before?.record.name, after?.record.name)
        fields.compare("provider", before?.record.slug?.rawValue, after?.record.slug?.rawValue)
        fields.compare("defaultModel", before?.record.defaultModel, after?.record.defaultModel)
        fields.compare("secret", before?.record.secret, after?.record.secret)
        fields.compare(
            "secretId",
            [.key("secret")],
            before?.record.secretID.map(JSONValue.string),
            after?.record.secretID.map(JSONValue.string)
        )
        fields.compare("baseUrl", before?.record.baseURL, after?.record.baseURL)
        fields.compareConfig(before?.record.config, after?.record.config)
        let silenced = Self.silenced(pair.before?.file, pair.after?.file)
        guard !fields.fields.isEmpty || pair.both.map({ !Self.areEqual($0.before.file, $0.after.file) }) ?? true else {
            return nil
        }
        pair.fields = fields.fields
        let isHidden = isHidden(before?.file, after?.file)
        var row = Change(
            kind: .provider,
            action: isHidden ? .changed : Self.action(before?.file, after?.file),
            id: shown.record.id,
            handle: shown.file.fullName,
            fields: fields.fields,
            path: context.head.pathPrefix + shown.file.path,
            line: pair.after.map { fields.line ?? $0.file.line } ?? (isHidden ? 1 : nil)
        )
        row.reasons =
            isHidden
            ? [unreadable(before?.file, after?.file)]
            : RiskCatalogue.providers.compactMap { rule in rule.sentence(pair, context).map(rule.reason) }
        // A move that has a graver reason needs not be called harmless as well.
        if row.reasons.count > 1 { row.reasons.removeAll { $0.rule == FileMoved.name } }
        if !isHidden, pair.after?.file.hasErrors == true { row.add(UnreadableRecord.reason(UnreadableRecord.inPart)) }
        row.add(silenced)
        row.finishReasons()
        return row
    }

    /// Whether both sides have the same file, and nothing that it links came to be another.
    private func isSameFile(_ before: ReadRecords.File?, _ after: ReadRecords.File?, _ pair: ProviderPair) -> Bool {
        guard let before, let after, before.path == after.path, Self.areEqual(before, after) else { return false }
        return pair.before?.record.secretID == pair.after?.record.secretID
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

    /// Whether two files hold the same bytes.
    static func areEqual(_ one: ReadRecords.File, _ other: ReadRecords.File) -> Bool {
        if let object = one.object, let second = other.object { return object == second }
        return one.bytes == other.bytes
    }

    static func action(_ before: ReadRecords.File?, _ after: ReadRecords.File?) -> Change.Action {
        guard let before else { return .added }
        guard let after else { return .deleted }
        return before.path == after.path ? .changed : .moved
    }

    /// The reason for suppressions that the head has and the base does not.
    static func silenced(_ before: ReadRecords.File?, _ after: ReadRecords.File?) -> Change.Reason? {
        var added = after?.suppressions ?? []
        for rule in before?.suppressions ?? [] {
            if let index = added.firstIndex(of: rule) { added.remove(at: index) }
        }
        return SuppressionAdded.sentence(added).map(SuppressionAdded.reason)
    }
}

extension Change {
    /// Adds a reason, where there is one.
    mutating func add(_ reason: Reason?) {
        if let reason { reasons.append(reason) }
    }

    /// Puts the gravest reason first, and gives one to a row that no rule spoke of.
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
