import RosterBytes
import RosterDiagnostics
import RosterFrontend
import RosterSemantics

/// The words of the tools for problems that REST and `check` describe.
enum ToolAdvice {
    /// Returns a text with the arguments of the tools in place of the members of files.
    static func words(_ text: String) -> String {
        text.replacing("\"secret\"", with: "\"secretId\"").replacing("secret: ", with: "secretId: ")
    }

    /// Returns a problem in the words of the tools.
    static func translated(_ problem: Problem) -> Problem {
        var result = problem
        result.diagnostics = problem.diagnostics.map(translated)
        let isFirst = problem.diagnostics.first?.message == problem.detail
        result.detail = isFirst ? result.diagnostics.first?.message ?? problem.detail : words(problem.detail)
        return result
    }

    private static func translated(_ diagnostic: Diagnostic) -> Diagnostic {
        var result = diagnostic
        // A diagnostic of a secret that an argument names has no place in a file.
        let isOfArgument = diagnostic.rule == UnknownSecret.name && diagnostic.place.span == nil
        result.message = isOfArgument ? "the project has no secret with this handle or id" : words(diagnostic.message)
        result.help = diagnostic.help.map(words)
        return result
    }

    /// Returns the tool that helps with a problem; nil when none does.
    static func nextStep(for problem: Problem) -> String? {
        if problem.status == 503 {
            return problem.diagnostics.isEmpty ? nil : "next: check-registry lists the errors with their places"
        }
        let isAboutProject =
            [Problem.noSuchProject.detail, Problem.mayNotCreate.detail].contains(problem.detail)
            || problem.detail.contains("\"projectId\"")
        if isAboutProject { return projects }
        if problem.status == 404 || problem.status == 400 && problem.detail.contains("\"id\"") {
            return "next: list-ai-providers lists the providers, with the handles that id takes"
        }
        guard problem.diagnostics.contains(where: { linkRules.contains($0.rule) }) else {
            return nil
        }
        return "next: set secretId to a handle that list-secrets returns for the project, with the host in its "
            + "allowedHosts; a new key is sealed by a person: roster secret set PROJECT/NAME --for SLUG"
    }

    /// The rules about the secret of a provider.
    private static let linkRules = [MissingSecret.name, UnknownSecret.name, SecretHostMismatch.name]

    private static let projects = "next: list-projects lists the projects, with the handles that projectId takes"
}
