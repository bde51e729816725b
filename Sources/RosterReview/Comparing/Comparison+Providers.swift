import RosterCompiler
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSemantics

extension Comparison {
    /// Returns the row of a provider; nil if it did not change.
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
            // The row of the project reports a change of its id.
            if before?.file.project != after?.file.project {
                fields.compare("projectId", [], .string(was), .string(now))
            }
        }
        fields.compare("name", before?.record.name, after?.record.name)
        fields.compare("provider", before?.record.slug?.rawValue, after?.record.slug?.rawValue)
        fields.compare("defaultModel", before?.record.defaultModel, after?.record.defaultModel)
        if let was = before?.record, let now = after?.record, was.catalogueName != now.catalogueName {
            fields.compareModels(
                context.base.records.modelEntry(of: was),
                context.head.records.modelEntry(of: now)
            )
        }
        fields.compareSecret(before?.record, after?.record)
        fields.compare(
            "secretId",
            [.key("secret")],
            before?.record.secretID.map(JSONValue.string),
            after?.record.secretID.map(JSONValue.string)
        )
        fields.compare("baseUrl", before?.record.baseURL, after?.record.baseURL)
        fields.compareConfig(before?.record.config, after?.record.config)
        guard !fields.fields.isEmpty || pair.both.map({ !$0.before.file.hasSameContents(as: $0.after.file) }) ?? true
        else {
            return nil
        }
        pair.fields = fields.fields
        var row = row(.provider, shown.record.id, before?.file, after?.file, fields) {
            RiskCatalogue.providers.compactMap { rule in rule.sentence(pair, context).map(rule.reason) }
        }
        // The reason that a move is harmless is omitted if there is a more severe one.
        if row.reasons.count > 1 { row.reasons.removeAll { $0.rule == FileMoved.name } }
        finish(&row, before?.file, after?.file)
        return row
    }

    /// Returns whether both sides have the same file, which links the same secret.
    private func isSameFile(
        _ before: PartialRegistry.File?,
        _ after: PartialRegistry.File?,
        _ pair: ProviderPair
    ) -> Bool {
        guard let before, let after, before.path == after.path, before.hasSameContents(as: after) else { return false }
        return pair.before?.record.secretID == pair.after?.record.secretID
    }
}
