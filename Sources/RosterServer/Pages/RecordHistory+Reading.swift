import RosterEditing
import RosterModel
import RosterPages
import RosterReview

extension RecordHistory {
    /// The longest time that a page waits for a history.
    static let patience = Duration.milliseconds(300)

    /// Returns the history of the provider at a position, which the caller may get.
    static func read(at position: Int, for caller: Caller, in snapshot: Snapshot) async -> RecordHistory {
        let revision = snapshot.registry.revision
        guard let reader = snapshot.history, let commit = revision.commit else { return .none }
        let provider = snapshot.registry.providers[position]
        let path = provider.source.path
        switch await reader.history(of: provider.id, at: path, commit: commit, waiting: patience) {
        case .unfinished: return .unfinished
        case .failed(let failure): return .failed(words(for: failure, caller))
        case .read(let history):
            var uncommitted: Set<String> = []
            if revision.isDirty {
                let served = try? snapshot.currentEditor().read(path)
                uncommitted = UncommittedMembers.names(served: served ?? [], committed: history.file)
            }
            let rights = HistoryRights(caller, in: snapshot)
            let name = snapshot.fullName(of: provider)
            return .shown(ShownHistory(history, of: name, uncommitted: uncommitted, rights))
        }
    }

    /// Returns the sentence for a failure; what git reports may have names and folders, for callers that list everything.
    private static func words(for failure: HistoryFailure, _ caller: Caller) -> String {
        switch failure {
        case .notCommitted: "This provider is not committed yet"
        case .shallowClone:
            "The history of this shallow clone ends before the provider’s first commit; on the server: "
                + "git fetch --unshallow"
        case .timeLimit: "Reading the history took too long; in a clone: roster log"
        case .other(let reason): caller.view.mayListEverything ? reason : "The history cannot be read"
        }
    }
}

extension Snapshot {
    /// Returns `<project>/<handle>` of a provider.
    func fullName(of provider: Provider) -> String {
        (projects.entry(of: provider.projectID)?.project.handle.text ?? "") + "/" + provider.handle.text
    }
}
