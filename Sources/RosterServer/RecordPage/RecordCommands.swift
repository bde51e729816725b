import RosterEditing
import RosterModel

/// The commands that change a provider, as a page shows them: each is valid once its words in capitals are replaced.
package struct RecordCommands: Sendable {
    /// A command and what it changes.
    package struct Command: Sendable, Hashable {
        /// The title, such as `Name`.
        package var title: String
        /// The command, for a shell in a clone.
        package var text: String

        fileprivate init(_ title: String, _ arguments: [String]) {
            (self.title, text) = (title, ShellCommand(arguments).text)
        }
    }

    /// The command for another model.
    package let model: String
    /// The command that shows the complete history.
    package let history: String
    /// The commands for other changes.
    package let others: [Command]

    /// Returns the commands for a provider.
    ///
    /// - Parameters:
    ///   - name: `<project>/<handle>`.
    ///   - provider: the provider.
    ///   - secret: `<project>/<handle>` of its secret; nil without one, and for a caller that may not see it.
    init(for name: String, _ provider: Provider, secret: String?) {
        let update = ["roster", "provider", "update", name]
        model = ShellCommand(update + ["--default-model", "NEW-MODEL"]).text
        history = ShellCommand(["roster", "log", name]).text
        var others = [Command("Name", update + ["--name", "NEW NAME"])]
        if let address = Self.address(of: provider) {
            others.append(Command("Address", update + ["--base-url", address]))
        }
        others.append(Command("Setting", update + ["--config", "retry.max=3"]))
        others.append(Command("Handle", update + ["--handle", "new-handle"]))
        if let secret { others.append(Command("Key", ["roster", "secret", "set", secret])) }
        others.append(Command("Delete it", ["roster", "provider", "delete", name]))
        self.others = others
    }

    /// Returns an address to begin with; nil when the provider may have none.
    private static func address(of provider: Provider) -> String? {
        guard provider.secretID != nil else { return provider.isKeyed ? nil : "https://HOST/PATH" }
        // A secret goes to its allowed hosts only, and some allow a part of a host only.
        return Endpoint(of: provider)?.base.description
    }
}
