import ArgumentParser
import RosterServer

struct OpenAPICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Print the OpenAPI 3.1 document of roster serve."
    )

    func run() throws { try CommandContext.process.standardOutput.write(DescriptionDocument.bytes) }
}
