import RosterCatalogue
import RosterCompiler
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSemantics
import RosterSources

extension Comparison {
    /// Returns the row of the repository's own catalogue of models; nil when both sides have the same.
    func modelsRow() -> Change? {
        let (before, after) = (context.base.records.models, context.head.records.models)
        // A catalogue without bytes cannot be compared, and does not count as unchanged.
        let isUnread = before.isOwn && before.bytes.isEmpty || after.isOwn && after.bytes.isEmpty
        guard isUnread || before.isOwn != after.isOwn || before.bytes != after.bytes else { return nil }
        var fields = FieldDifferences(in: nil)
        fields.compare("built", before.builtWords, after.builtWords)
        fields.compare("models", before.countWords, after.countWords)
        fields.compare("complete", before.completeWords, after.completeWords)
        let action: Change.Action = before.isOwn ? after.isOwn ? .changed : .deleted : .added
        return Change(
            kind: .file,
            action: action,
            reasons: [CatalogueChanged.reason(CatalogueChanged.sentence)],
            fields: fields.fields,
            path: context.head.pathPrefix + RepositoryLayout.modelsFile,
            line: action == .deleted ? nil : 1
        )
    }
}

extension ModelsFile {
    private var own: ModelCatalogue? { isOwn ? catalogue : nil }

    fileprivate var builtWords: String? { own?.built.description }

    fileprivate var countWords: String? { own.map { "\($0.count)" } }

    fileprivate var completeWords: String? {
        own.flatMap { $0.complete.isEmpty ? nil : $0.complete.map(\.rawValue).joined(separator: ", ") }
    }
}

extension FieldDifferences {
    /// Compares the price and the context of the models that two providers send, when their model differs.
    mutating func compareModels(_ before: ModelEntry?, _ after: ModelEntry?) {
        compare("defaultModel.price", [.key("defaultModel")], before?.priceValue, after?.priceValue)
        compare("defaultModel.context", [.key("defaultModel")], before?.contextValue, after?.contextValue)
    }
}

extension ModelEntry {
    fileprivate var priceValue: JSONValue? { price.map { .string($0.words) } }

    fileprivate var contextValue: JSONValue? { context.map { .integer(Int64($0)) } }
}
