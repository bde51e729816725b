import RosterEditing
import RosterJSON
import RosterModel
import RosterPages

extension ModelChange {
    /// Returns the command that gives the provider at a position another model, without a patch.
    static func command(for model: String, at position: Int, in snapshot: Snapshot) -> ModelChange {
        let name = snapshot.fullName(of: snapshot.registry.providers[position])
        let arguments = ["roster", "provider", "update", name] + ShellCommand.option("--default-model", model)
        // A key that was typed as a model is not repeated.
        return ModelChange(model: ShownText.mask(model), command: ShownText.mask(ShellCommand(arguments).text))
    }

    /// Plans the change for a caller that may get the provider at a position.
    ///
    /// The plan is that of a `PATCH`, which takes too long for an event loop.
    static func plan(_ model: String, at position: Int, for caller: Caller, in snapshot: Snapshot) async -> ModelChange
    {
        var result = command(for: model, at: position, in: snapshot)
        guard caller.view.allows(.update, at: position) else { return result }
        let members = JSONObject([JSONObject.Member(name: "defaultModel", value: .string(model))])
        do {
            let (edit, _, diagnostics) = try await WriteRequest(.update(position, members), caller, snapshot).plan()
            result.command = edit.command
            result.diagnostics = diagnostics
            if edit.patch.isEmpty {
                result.message = "The record has this model already: there is nothing to change"
            } else if snapshot.hasFileText {
                result.patch = edit.patch
            }
        } catch let problem as Problem {
            result.message = problem.detail
            result.diagnostics = problem.diagnostics
        } catch {
            result.message = Problem.cannotPlan.detail
        }
        return result
    }
}
