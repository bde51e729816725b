import RosterRuntime

/// A file of variables, as dotenv and its relatives read it.
enum DotenvExport {
    static let head = "# Written by roster export dotenv"

    /// Returns the names of the variables, each commented out, since a variable without a value would be an empty key.
    static func names(_ providers: [ExportedProvider]) -> String {
        var text = head + "; with values: --values -o FILE\n"
        for provider in providers {
            text += "\n# \(provider.name)\n"
            for name in provider.variableNames { text += "# \(name)=\n" }
        }
        return text
    }
}
