package import RosterDiagnostics
import RosterEditing
import RosterJSON
import RosterModel

/// The command and the patch that give a provider another default model, as a page shows them.
package struct ModelChange: Sendable {
    /// The requested model.
    package var model: String
    /// The command, for a shell in a clone.
    package var command: String
    /// The patch; nil when the caller may not change the provider, and when nothing is to be changed or can be.
    package var patch: String?
    /// The reason why there is no patch for a caller that may change the provider, in a sentence without a full stop.
    package var message: String?
    /// The problems that `check` would report after the change and not before.
    package var diagnostics: [Diagnostic] = []

    /// The largest number of characters of a model in a query.
    static let lengthLimit = 200

    /// Returns whether a value of a query may be a model; any other one is ignored.
    static func isAcceptable(_ model: String) -> Bool {
        !model.isEmpty && model.unicodeScalars.prefix(lengthLimit + 1).count <= lengthLimit
            && !model.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    /// Plans the change for a caller that may get the provider at a position.
    ///
    /// The plan is that of a `PATCH`, which takes too long for an event loop.
    static func plan(_ model: String, at position: Int, for caller: Caller, in snapshot: Snapshot) async -> ModelChange
    {
        let name = snapshot.fullName(of: snapshot.registry.providers[position])
        let arguments = ["roster", "provider", "update", name] + ShellCommand.option("--default-model", model)
        var result = ModelChange(model: model, command: ShellCommand(arguments).text)
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
