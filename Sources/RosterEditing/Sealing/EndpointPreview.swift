import RosterCompiler
package import RosterDiagnostics
import RosterFrontend
package import RosterJSON
package import RosterModel
import RosterSemantics
import RosterSources

/// The endpoint that a provider would have, from the same code that reads it in a file.
package struct EndpointPreview: Sendable {
    /// The URLs of its requests; nil when they cannot be determined.
    package let endpoint: Endpoint?
    /// The first error that `check` would report about its settings.
    package let error: Diagnostic?

    /// Examines a provider of these fields, alone in a repository without a secret.
    package init(of fields: JSONObject, today: CalendarDate) async throws {
        var record = JSONObject(members: ["id": .string("aip_0000000000000000")])
        record.members += fields.members
        let path = "providers/preview/preview\(RepositoryLayout.recordSuffix)"
        let tree = MemoryTree([
            (RepositoryLayout.rosterFile, Array(Self.roster.utf8)), (path, ProviderDocument.make(record)),
        ])
        let checked = try await Compiler(Compiler.Options(today: today)).analyze(tree)
        endpoint = checked.outline.providers.first?.endpoint
        error = checked.diagnostics.first {
            $0.severity == .error && $0.place.path == path && !Self.rulesOfOtherParts.contains($0.rule)
        }
    }

    private static let roster = """
        roster: 1
        projects:
          preview:
            id: proj_0000000000000000
            name: preview

        """

    /// The rules about the missing parts of a preview: the secret's file, and a setting that a base URL replaces.
    private static let rulesOfOtherParts: Set = [UnknownSecret.name, MissingConfig.name]
}
