import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterSemantics

struct SecretDeleteCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a secret that no provider links.",
        aliases: ["rm"]
    )
    static let examples = ["roster secret delete acme/openai-old"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>, a unique handle or an id", valueName: "secret"))
    var secret: String

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        let secret = try session.editor.secret(secret)
        let linking = session.editor.providersLinking(secret).map { $0.project + "/" + $0.handle }
        guard linking.isEmpty else {
            throw CommandFailure(
                exitCode: 1,
                message:
                    "\(secret.fullName) was not deleted: \(linking.joined(separator: ", ")) \(linking.count == 1 ? "links" : "link") it",
                help: "link another secret there first"
            )
        }
        try await session.apply([.delete(path: secret.path, old: try session.read(secret.path))])
        try session.printLine("deleted \(secret.fullName); revoke the key at the provider as well")
    }
}
