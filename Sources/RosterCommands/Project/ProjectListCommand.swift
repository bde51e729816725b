import ArgumentParser
import RosterCompiler
import RosterDiagnostics
import RosterJSON
import RosterModel
import RosterEditing
import RosterSemantics
import RosterFrontend

struct ProjectListCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the projects.",
        aliases: ["ls"]
    )
    static let examples = ["roster project list"]

    @OptionGroup var globals: GlobalOptions

    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        let session = try await EditSession(globals, context)
        let projects = try await session.records(dated: false).projects
        func providers(_ handle: String) -> Int { session.survey.providers.count { $0.project == handle } }
        func secrets(_ handle: String) -> Int { session.survey.secrets.count { $0.project == handle } }
        try session.list(projects, as: output.format) { project in
            let handle = project.handle.text
            return [
                handle, counted(providers(handle), "provider"), counted(secrets(handle), "secret"), project.name,
            ]
        } json: { project, json in
            json.object { json in
                json.name("id")
                json.string(project.id.description)
                json.name("handle")
                json.string(project.handle.text)
                json.name("name")
                json.string(ShownText.mask(project.name))
                json.name("providers")
                json.integer(providers(project.handle.text))
                json.name("secrets")
                json.integer(secrets(project.handle.text))
            }
        }
    }
}
