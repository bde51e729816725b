import ArgumentParser
import RosterJSON
import RosterModel

struct VersionCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version, the commit and the build."
    )
    static let examples = ["roster version", "roster version --json"]

    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        let build = context.build
        guard output.format == .json else { return try context.standardOutput.write(build.text + "\n") }
        try context.standardOutput.write(
            JSONWriter.document { json in
                json.name("version")
                json.string(build.version)
                json.name("commit")
                json.string(build.commit)
                json.name("date")
                json.string(build.date)
                json.name("platform")
                json.string(RosterBuild.platform)
            }
        )
    }
}
