import ArgumentParser
import RosterServer

struct OpenAPICommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Print the OpenAPI 3.1 document of roster serve."
    )
    static let examples = ["roster openapi > openapi.json"]

    @OptionGroup var output: JSONFormatOptions

    func run(_ context: CommandContext) async throws { try context.standardOutput.write(OpenAPIDocument.bytes) }
}
