import RosterDiagnostics
import RosterJSON
import RosterModel

/// `GET /status`: the registry that is served, and the reason for which a newer one is not.
enum StatusDocument {
    /// Encodes the document for a caller; without one, only whether a registry is served, its digest and its freshness.
    static func encode(
        _ store: SnapshotStore,
        _ snapshot: Snapshot?,
        for caller: Caller?,
        at time: Timestamp
    ) -> EncodedResponse {
        var json = JSONWriter(.compact, escapingInvisible: true)
        json.object { json in
            json.name("ready")
            json.boolean(snapshot != nil && !store.refusesRequests(at: time))
            if caller != nil {
                json.name("commit")
                json.string(snapshot?.registry.revision.commit)
            }
            json.name("digest")
            json.string(snapshot?.digest)
            json.name("loadedAt")
            json.string(snapshot?.loadedAt.description)
            if let freshness = store.freshness(at: time) {
                json.name("freshness")
                json.string(freshness.rawValue)
            }
            guard let caller else { return }
            if let publication = store.publication?.current {
                PublicationStatus.write(publication, showsSources: caller.view.mayListEverything, to: &json)
            }
            let attempt = store.lastAttempt
            if caller.view.mayListEverything, let registry = snapshot?.registry {
                json.name("counts")
                json.object { json in
                    json.name("projects")
                    json.integer(registry.projects.count)
                    json.name("providers")
                    json.integer(registry.providers.count)
                    json.name("secrets")
                    json.integer(registry.secrets.count)
                }
            }
            json.name("lastAttempt")
            write(attempt, to: &json)
            guard caller.view.mayListEverything else { return }
            switch attempt?.failure {
            case .reason(let reason), .refusal(let reason), .publication(let reason):
                json.name("reason")
                json.string(reason)
            case .diagnostics, nil: break
            }
            json.name("diagnostics")
            json.array { json in
                guard case .diagnostics(let diagnostics) = attempt?.failure else { return }
                for diagnostic in diagnostics {
                    json.element()
                    json.diagnostic(diagnostic)
                }
            }
        }
        return TelemetryResponse.json(json.bytes)
    }

    private static func write(_ attempt: SnapshotStore.Attempt?, to json: inout JSONWriter) {
        guard let attempt else { return json.null() }
        json.object { json in
            json.name("at")
            json.string(attempt.at.description)
            json.name("ok")
            json.boolean(attempt.failure == nil)
            json.name("commit")
            json.string(attempt.commit)
        }
    }
}
