import ArgumentParser
import RosterCompiler

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema (draft-07) of one kind of file, for editors."
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: "Which kind of file.")
    var kind: SchemaKind

    func run() throws { try CommandContext.process.standardOutput.write(FormatSchema.document(for: kind)) }
}
