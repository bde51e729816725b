import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterModel
import RosterSources
import RosterWorkspace

extension EditSession {
    /// Returns the records that could be read; with `dated`, their dates come from git's history.
    func records(dated: Bool) async throws -> Registry {
        guard dated else {
            return editor.checked.readableRegistry(history: .modificationTimes)
        }
        let history = try await repository.history(
            of: editor.checked,
            .workingTree,
            normalizing: repository.lineEndings
        )
        return editor.checked.readableRegistry(history: history)
    }

    /// Notes on standard error that a list is not complete.
    func noteBroken(_ registry: Registry) throws {
        let missing = editor.checked.summary.providers - registry.providers.count
        guard missing > 0 else { return }
        try note(
            "\(missing) \(missing == 1 ? "file has errors and is" : "files have errors and are") not listed: roster check"
        )
    }
}
