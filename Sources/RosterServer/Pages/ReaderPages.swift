import RosterCatalogue
import RosterDiagnostics
import RosterEditing
import RosterModel
import RosterPages

/// The pages of a snapshot as one reader sees them.
struct ReaderPages: Sendable {
    private let reader: PageReader
    private let store: SnapshotStore
    private let snapshot: Snapshot
    private let time: Timestamp
    private let isGzip: Bool
    private let frame: PageFrame

    init(_ reader: PageReader, _ store: SnapshotStore, _ snapshot: Snapshot, at time: Timestamp, isGzip: Bool) {
        (self.reader, self.store, self.snapshot) = (reader, store, snapshot)
        (self.time, self.isGzip) = (time, isGzip)
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
        guard isVisible else { return "it has problems" }
        switch failure {
        case .diagnostics(let diagnostics): return diagnostics.count == 1 ? "1 error" : "\(diagnostics.count) errors"
        case .refusal: return "it may not be served here"
        case .publication: return "it was refused"
        case .reason: return "the repository cannot be read"
        }
    }

    private var today: CalendarDate { CalendarDate(of: time) }

    private func response(_ page: HTML) -> EncodedResponse {
        PageResponse.page(page, isGzip: isGzip, isStored: !reader.isSignedIn)
    }

    /// The page of a path that does not exist, or that the reader may not see.
    var notFound: EncodedResponse {
        PageResponse.uncached(frame.page("Not found", .other, MessagePage.notFound), [])
    }

    /// A list of the providers, which may be cached.
    struct List: Sendable {
        fileprivate let pages: ReaderPages
        fileprivate let query: ListPageQuery
        fileprivate let key: ResponseCache.Key

        /// The cached response; nil when the list was not requested before.
        var known: EncodedResponse? { pages.snapshot.cache.known(key) }

        /// The response, which is made unless it is cached.
        var made: EncodedResponse {
            let (snapshot, view) = (pages.snapshot, pages.reader.caller.view)
            return snapshot.cache.response(key) {
                let positions = view.listed.map { $0.map(Int.init) } ?? Array(snapshot.registry.providers.indices)
                let listing = ProviderListing(snapshot.table, positions: positions, today: pages.today)
                let page = ListPage(listing, query) { view.allows(.get, at: $0) }
                return pages.response(pages.frame.page("Providers", .list, page.contents))
            }
        }
    }

    /// Returns the list of the providers that match the query after `?`.
    func list(_ query: Substring?) -> List {
        let parameters = QueryParameters.wellFormed(query)
        // A key in an address is not repeated.
        let query = ListPageQuery(parameters.map { ($0.name, $0.name == "q" ? ShownText.mask($0.value) : $0.value) })
        let view = reader.caller.view
        let key = ResponseCache.Key.listPage(query, frame, view: view.number, today: today, isGzip: isGzip)
        return List(pages: self, query: query, key: key)
    }

    /// Returns the page of the provider at a position, which the reader may get.
    func provider(at position: Int, _ query: Substring?, _ links: SourceLinkTemplate?) async -> EncodedResponse {
        let record = ProviderRecord(at: position, in: snapshot.table, showsSecret: showsSecrets(ofProviderAt: position))
        let caller = reader.caller
        async let history = RecordHistory.read(at: position, for: caller, in: snapshot)
        let requested = QueryParameters.wellFormed(query).first { $0.name == "model" && !$0.value.isEmpty }?.value
        let change: ModelChange?
        if let requested {
            change =
                if let refusal = refusal(ofModel: requested) { refusal } else {
                    await ModelChange.plan(requested, at: position, for: caller, in: snapshot)
                }
        } else {
            // A plan takes as long as a check of the registry, so there is one when the reader asks for it.
            change = recommendedModel(record).map { ModelChange.command(for: $0, at: position, in: snapshot) }
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

    /// Returns the answer to a value that cannot be a model; nil for any other.
    private func refusal(ofModel model: String) -> ModelChange? {
        guard !ModelChange.isAcceptable(model) else { return nil }
        var change = ModelChange(model: "", command: "")
        change.message = "A model has 1 to \(ModelChange.lengthLimit) characters, and no control characters"
        return change
    }

    /// Returns the model that is recommended instead of one with an end; nil for any other.
    private func recommendedModel(_ record: ProviderRecord) -> String? {
        record.model?.retires == nil ? nil : record.model?.successors.first
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
        var page = StatusPage(
            commit: snapshot.registry.revision.commit,
            digest: snapshot.digest,
            loadedAt: snapshot.loadedAt,
            attempt: attempt.map { StatusPage.Attempt(at: $0.at, isServed: $0.failure == nil) },
            refusal: refusal(attempt),
            counts: view.mayListEverything ? StatusPage.Counts(of: snapshot.registry) : nil
        )
        page.publication = publication
        return response(frame.page("Status", .status, page.contents))
    }

    /// The state of the publications, as far as the reader may see it; nil without publications.
    private var publication: PublicationSection? {
        guard let monitor = store.publication, let freshness = store.freshness(at: time) else { return nil }
        let state = monitor.current
        var section = PublicationSection(
            state: freshness == .expired ? .expired : freshness == .ageing ? .ageing : .current,
            isRefused: store.refusesRequests(at: time),
            served: state.served.map { served in
                PublicationSection.Served(
                    channel: served.channel,
                    serial: served.serial,
                    issued: served.issued,
                    expires: served.expires,
                    keyID: served.keyID
                )
            }
        )
        guard reader.caller.view.mayListEverything else { return section }
        section.sources = state.sources.map { source in
            PublicationSection.Source(
                address: source.address,
                isUp: source.isUp,
                checkedAt: source.checkedAt,
                changedAt: source.changedAt,
                failure: source.failure.map { .init(message: $0.message, at: $0.at) }
            )
        }
        section.saved = state.saved.map { saved in
            PublicationSection.Saved(
                savedAt: saved.savedAt,
                failure: saved.failure.map { .init(message: $0.message, at: $0.at) }
            )
        }
        return section
    }

    private func refusal(_ attempt: SnapshotStore.Attempt?) -> StatusPage.Refusal? {
        guard let failure = attempt?.failure else { return nil }
        guard reader.caller.view.mayListEverything else { return .hidden }
        switch failure {
        case .diagnostics(let diagnostics): return .diagnostics(diagnostics)
        case .reason(let reason), .refusal(let reason), .publication(let reason): return .reason(reason)
        }
    }
}
