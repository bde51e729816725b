import ArgumentParser
import RosterBridges

/// The options that name the providers of an export and its file.
struct ExportOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The format.", valueName: "format"))
    var format: ExportFormat

    @Argument(
        help: ArgumentHelp("<project>/<handle>, unique handles or ids (default: all)", valueName: "provider")
    )
    var targets: [String] = []

    @Option(help: ArgumentHelp("Export the providers of this project.", valueName: "handle"))
    var project: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("The output file (default, and -: standard output).", valueName: "file")
    )
    var output: String?

    @Flag(help: "Exit with 1 when the format cannot express a part of a provider.")
    var strict = false

    @Flag(help: "Write the keys themselves, to a file that only you can read: dotenv and kubernetes.")
    var values = false

    /// The path of the file; nil for standard output.
    var file: String? { output == "-" ? nil : output }

    func validate() throws {
        guard project == nil || targets.isEmpty else { throw ValidationError("Name providers, or a --project.") }
        if output?.isEmpty == true { throw ValidationError("-o needs the name of a file.") }
        guard values else { return }
        guard format.hasValues else {
            throw ValidationError("--values goes with dotenv and kubernetes: \(format.rawValue) refers to variables.")
        }
        guard file != nil else {
            throw ValidationError("--values writes keys, and only to a file: name it with -o.")
        }
    }
}

extension ExportFormat: ExpressibleByArgument {}
