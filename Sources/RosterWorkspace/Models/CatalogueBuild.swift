package import RosterCatalogue
package import RosterModel
import RosterSources

/// A catalogue that is built from files which people fetched.
package struct CatalogueBuild: Sendable {
    /// A file, by its absolute path and by the path that the user gave.
    package struct Input: Sendable {
        package var feed: ModelFeed
        package var path: String
        package var shown: String

        package init(_ feed: ModelFeed, path: String, shownAs shown: String) {
            (self.feed, self.path, self.shown) = (feed, path, shown)
        }
    }

    private let inputs: [Input]
    private let day: CalendarDate

    /// Creates a build; `day` is the day on which the files were read.
    package init(_ inputs: [Input], on day: CalendarDate) { (self.inputs, self.day) = (inputs, day) }

    /// Returns the catalogue, which is the same for the same files and day.
    ///
    /// - Throws: ``WorkspaceFailure`` for a file that cannot be read or has a mistake.
    package func catalogue() async throws -> CatalogueDraft {
        var draft = CatalogueDraft(built: day)
        for input in inputs {
            let bytes = try await Self.bytes(of: input)
            do {
                try input.feed.read(bytes, into: &draft)
            } catch {
                throw WorkspaceFailure(
                    .unreadable,
                    "\(error.position(in: bytes, of: input.shown)): \(error.message)",
                    help: "nothing was written; the file must be \(input.feed.words)"
                )
            }
        }
        return draft
    }

    private static func bytes(of input: Input) async throws -> [UInt8] {
        let path = FilePaths.resolvingLinks(input.path) ?? input.path
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        let file = TreeFile(
            folder: "",
            name: String(path[slash...].dropFirst()),
            limit: CatalogueReader.sizeLimit
        )
        let folder = WorkingTree(root: slash == path.startIndex ? "/" : String(path[..<slash]), asksForTimes: false)
        var found = FileReading.notRegular
        try await folder.read([file]) { _, reading in found = reading }
        switch found {
        case .contents(let bytes, _): return bytes
        case .tooLarge:
            throw WorkspaceFailure(.unreadable, "\(input.shown) has more than 64 MiB", help: "nothing was written")
        case .notRegular: throw WorkspaceFailure(.unreadable, "\(input.shown) is not a regular file")
        case .unreadable(let failure):
            throw WorkspaceFailure(.unreadable, "cannot read \(input.shown): \(failure.reason)")
        }
    }
}

extension ModelFeed {
    /// The file that is expected.
    fileprivate var words: String {
        switch self {
        case .litellm: "LiteLLM's model_prices_and_context_window.json"
        case .deprecations: "the JSON of deprecations-rss"
        case .modelsDev: "the api.json of models.dev"
        case .merge: "a catalogue of models"
        }
    }
}
