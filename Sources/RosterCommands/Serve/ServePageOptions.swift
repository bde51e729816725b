import ArgumentParser
import RosterServer

/// The options of the pages of `roster serve`.
struct ServePageOptions: ParsableArguments {
    @Option(
        name: .customLong("source-url"),
        help: ArgumentHelp(
            "Link files on the pages: an https URL with {commit}, {path} and {line}.",
            valueName: "template"
        )
    )
    var sourceURL: String?

    func validate() throws { _ = try template() }

    /// Returns the template of the links to files; nil when there are none.
    func template() throws -> SourceLinkTemplate? {
        do throws(SourceLinkTemplate.Refusal) {
            return try sourceURL.map { text throws(SourceLinkTemplate.Refusal) in try SourceLinkTemplate(text) }
        } catch {
            throw ValidationError("--source-url cannot be used: \(error.message).")
        }
    }
}
