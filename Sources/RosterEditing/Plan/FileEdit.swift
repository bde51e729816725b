import RosterCompiler
import RosterDiagnostics
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSources

/// A change of a provider for the caller to make: the patch, and the equivalent command.
package struct FileEdit: Sendable, Hashable {
    package enum Operation: String, Sendable {
        case create, update, delete
    }

    /// The path of the provider's file before the edit or, for a new one, after it; relative to git's top level.
    package var path: String
    package var operation: Operation
    /// The input for `git apply`.
    package var patch: String
    /// The command, argument by argument.
    package var arguments: [String]

    /// The command for a POSIX shell.
    package var command: String { ShellCommand(arguments).text }
}

extension WantedChange {
    fileprivate var isCreation: Bool { if case .createProvider = self { true } else { false } }
}

extension EditPlan {
    /// Returns the plan of a change of a provider for the caller to make; nil for other changes.
    package func fileEdit(of change: WantedChange) -> FileEdit? {
        // If a provider is created with its secret, the secret is first.
        guard let first = change.isCreation ? changes.last : changes.first else { return nil }
        let operation: FileEdit.Operation
        var arguments = ["roster", "provider"]
        switch change {
        case .createProvider(let provider):
            operation = .create
            let handle = first.path.split(separator: "/").last?.dropLast(RepositoryLayout.recordSuffix.count)
            arguments += ["create", "--project", provider.project]
            arguments += provider.fields.members.flatMap { Self.arguments($0.name, $0.value) }
            arguments += ["--handle", String(handle ?? "")]
        case .updateProvider(let name, let update):
            operation = .update
            arguments += ["update", name]
            let result = first.results.last?.bytes.flatMap { PlainDocument.object(in: $0) }
            var keys: [String] = []
            for key in update.fields.compactMap(\.path.first) where !keys.contains(key) { keys.append(key) }
            arguments += keys.flatMap { Self.arguments($0, result?[$0]) }
            if let handle = update.handle { arguments += ["--handle", handle] }
        case .deleteProvider(let name, let withSecret):
            operation = .delete
            arguments += ["delete", name] + (withSecret ? ["--with-secret"] : [])
        default: return nil
        }
        return FileEdit(
            path: pathPrefix + first.path,
            operation: operation,
            patch: String(decoding: patch, as: UTF8.self),
            arguments: arguments
        )
    }

    /// Returns the option that sets a field, or removes it.
    private static func arguments(_ key: String, _ value: JSONValue?) -> [String] {
        guard let value, value != .null else { return ["--unset", key] }
        if case .string(let text) = value {
            let option = "--" + (["defaultModel": "default-model", "baseUrl": "base-url"][key] ?? key)
            return ShellCommand.option(option, text)
        }
        var json = JSONWriter(.compact)
        json.value(value)
        return ["--config-json", json.text]
    }
}
