import RosterCatalogue
import RosterDiagnostics
import RosterModel
import RosterPages

/// The pages of a snapshot as one reader sees them.
struct ReaderPages {
    private let reader: PageReader
    private let store: SnapshotStore
    private let snapshot: Snapshot
    private let today: CalendarDate
    private let isGzip: Bool
    private let frame: PageFrame

    init(_ reader: PageReader, _ store: SnapshotStore, _ snapshot: Snapshot, today: CalendarDate, isGzip: Bool) {
        (self.reader, self.store, self.snapshot) = (reader, store, snapshot)
        (self.today, self.isGzip) = (today, isGzip)
        let view = reader.caller.view
        frame = PageFrame(
            served: PageFrame.Served(
                commit: snapshot.registry.revision.commit,
                digest: snapshot.visibleDigests.digest(of: view, in: snapshot),
                loadedAt: snapshot.loadedAt
            ),
            refusal: Self.refusalWords(store.lastAttempt, isVisible: view.mayListEverything),
            isSignedIn: reader.isSignedIn
        )
    }

    /// Returns the reason why the newest revision is not served, in a few words; nil when it is served.
    private static func refusalWords(_ attempt: SnapshotStore.Attempt?, isVisible: Bool) -> String? {
        guard let failure = attempt?.failure else { return nil }
        guard isVisible, case .diagnostics(let diagnostics) = failure else { return "it cannot be served" }
        return diagnostics.count == 1 ? "1 error" : "\(diagnostics.count) errors"
    }

    private func response(_ page: HTML) -> EncodedResponse {
        PageResponse.page(page, isGzip: isGzip, isStored: !reader.isSignedIn)
    }

    /// The page of a path that does not exist, or that the reader may not see.
    var notFound: EncodedResponse {
        response(frame.page("Not found", .other, MessagePage.notFound))
    }

    /// Returns the list of the providers that match the query after `?`.
    func list(_ query: Substring?) -> EncodedResponse {
        // Malformed escapes are ignored like unknown parameters.
        let query = ListPageQuery((try? QueryParameters.read(query)) ?? [])
        let view = reader.caller.view
        let key = ResponseCache.Key.listPage(query, frame, view: view.number, today: today, isGzip: isGzip)
        return snapshot.cache.response(key) {
            let positions = view.listed.map { $0.map(Int.init) } ?? Array(snapshot.registry.providers.indices)
            let listing = ProviderListing(snapshot.table, positions: positions, today: today)
            let page = ListPage(listing, query) { view.allows(.get, at: $0) }
            return response(frame.page("Providers", .list, page.contents))
        }
    }

    /// Returns the page of the provider at a position, which the reader may get.
    func provider(at position: Int, _ query: Substring?, _ links: SourceLinkTemplate?) async -> EncodedResponse {
        let record = ProviderRecord(at: position, in: snapshot.table, showsSecret: showsSecrets(ofProviderAt: position))
        let caller = reader.caller
        async let history = RecordHistory.read(at: position, for: caller, in: snapshot)
        var change: ModelChange?
        if let model = model(query, record) {
            change = await ModelChange.plan(model, at: position, for: caller, in: snapshot)
        }
        let page = RecordPage(
            record,
            today: today,
            commit: snapshot.registry.revision.commit,
            history: await history,
            change: change,
            fileURL: fileURL(of: record.provider, links)
        )
        return response(frame.page(record.name, .other, page.contents))
    }

    /// Returns the model that a change is requested to, or that is recommended for a model with an end; nil without one.
    private func model(_ query: Substring?, _ record: ProviderRecord) -> String? {
        let parameters = (try? QueryParameters.read(query)) ?? []
        if let model = parameters.first(where: { $0.name == "model" })?.value, ModelChange.isAcceptable(model) {
            return model
        }
        return record.model?.retires == nil ? nil : record.model?.successors.first
    }

    /// Returns the address of a provider's file at the commit; nil when the files may not be those of the commit.
    private func fileURL(of provider: Provider, _ links: SourceLinkTemplate?) -> String? {
        let revision = snapshot.registry.revision
        guard let links, let commit = revision.commit, !revision.isDirty else { return nil }
        let path = snapshot.pathPrefix + provider.source.path
        return links.url(commit: commit, path: path, line: provider.source.line)
    }

    /// Returns a Boolean value that indicates whether the reader may see the facts of the secrets of a provider's project:
    /// as for the tool that lists secrets, this takes the right to list a provider of the project.
    private func showsSecrets(ofProviderAt position: Int) -> Bool {
        let project = snapshot.registry.providers[position].projectID
        return snapshot.projects.entry(of: project).map { reader.caller.view.listedCount(in: $0.positions) > 0 }
            ?? false
    }

    /// The page of the server's state.
    var status: EncodedResponse {
        let (attempt, view) = (store.lastAttempt, reader.caller.view)
        let page = StatusPage(
            commit: snapshot.registry.revision.commit,
            digest: snapshot.digest,
            loadedAt: snapshot.loadedAt,
            attempt: attempt.map { StatusPage.Attempt(at: $0.at, isServed: $0.failure == nil) },
            refusal: refusal(attempt),
            counts: view.mayListEverything ? StatusPage.Counts(of: snapshot.registry) : nil
        )
        return response(frame.page("Status", .status, page.contents))
    }

    private func refusal(_ attempt: SnapshotStore.Attempt?) -> StatusPage.Refusal? {
        guard let failure = attempt?.failure else { return nil }
        guard reader.caller.view.mayListEverything else { return .hidden }
        switch failure {
        case .diagnostics(let diagnostics): return .diagnostics(diagnostics)
        case .reason(let reason), .refusal(let reason): return .reason(reason)
        }
    }
}
