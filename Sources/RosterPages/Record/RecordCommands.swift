import RosterModel

/// The commands that change a provider: each is valid once its words in capitals are replaced.
package struct RecordCommands: Sendable {
    /// A command and what it changes.
    package struct Command: Sendable, Hashable {
        /// The title, such as `Name`.
        package var title: String
        /// The command, for a shell in a clone.
        package var text: String

        fileprivate init(_ title: String, _ arguments: [String]) {
            (self.title, text) = (title, RecordCommands.text(of: arguments))
        }
    }

    /// The command for another model.
    package let model: String
    /// The commands for other changes.
    package let others: [Command]

    /// Returns the commands for a provider.
    package init(for record: ProviderRecord) {
        let update = ["roster", "provider", "update", record.name]
        model = Self.text(of: update + ["--default-model", "NEW-MODEL"])
        var others = [Command("Name", update + ["--name", "NEW NAME"])]
        if let address = Self.address(of: record) {
            others.append(Command("Address", update + ["--base-url", address]))
        }
        others.append(Command("Setting", update + ["--config", "retry.max=3"]))
        others.append(Command("Handle", update + ["--handle", "new-handle"]))
        if record.showsSecret, let secret = record.secret {
            others.append(Command("Key", ["roster", "secret", "set", "\(record.project)/\(secret.handle)"]))
        }
        others.append(Command("Delete it", ["roster", "provider", "delete", record.name]))
        self.others = others
    }

    /// Returns the command that shows the complete history of a provider.
    static func history(of name: String) -> String { text(of: ["roster", "log", name]) }

    /// Returns an address to begin with; nil when the provider may have none.
    private static func address(of record: ProviderRecord) -> String? {
        guard record.provider.secretID != nil else { return record.provider.isKeyed ? nil : "https://HOST/PATH" }
        // A secret goes to its allowed hosts only, and some allow a part of a host only.
        return Endpoint(of: record.provider)?.base.description
    }

    private static func text(of arguments: [String]) -> String {
        arguments.map(ShellArgument.quoted).joined(separator: " ")
    }
}
