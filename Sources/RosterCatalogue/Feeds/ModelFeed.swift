import RosterModel

/// The kinds of public files about models, as people fetch them.
package enum ModelFeed: String, CaseIterable, Sendable {
    /// `model_prices_and_context_window.json` of LiteLLM.
    case litellm
    /// The list or the JSON feed of deprecations-rss.
    case deprecations = "deprecations-rss"
    /// `api.json` of models.dev.
    case modelsDev = "models.dev"
    /// A catalogue, such as one that is kept by hand.
    case merge = "a catalogue"

    /// Adds the models of a file to a draft.
    ///
    /// Facts without a separate date were read on the day on which the draft is built.
    package func read(_ bytes: [UInt8], into draft: inout CatalogueDraft) throws(CatalogueProblem) {
        guard bytes.count <= CatalogueReader.sizeLimit else {
            throw CatalogueProblem(ofWholeFile: "the file has more than 64 MiB")
        }
        let read: CatalogueDraft
        switch self {
        case .litellm: read = try LiteLLMFeed.read(bytes, on: draft.built)
        case .deprecations: read = try DeprecationsFeed.read(bytes, on: draft.built)
        case .modelsDev: read = try ModelsDevFeed.read(bytes, on: draft.built)
        case .merge:
            read = try CatalogueReader.read(bytes).draft
            for slug in read.complete where !draft.complete.contains(slug) { draft.complete.append(slug) }
        }
        guard !read.isEmpty || self == .merge else {
            throw CatalogueProblem(ofWholeFile: "the file has no model of a provider that Roster knows")
        }
        for entry in read.entries { draft.merge(entry) }
    }
}
