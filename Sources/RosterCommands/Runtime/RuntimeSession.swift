import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterJSON
import RosterModel
import RosterRuntime
import RosterSemantics
import RosterServer
import RosterSources
import SealedBoxes
import RosterWorkspace

/// The providers that a command uses, and its output.
struct RuntimeSession {
    let context: CommandContext
    let providers: UsableProviders
    private let globals: GlobalOptions
    private let options: RuntimeOptions
    private let identityFiles: [String]

    /// Reads a compiled registry or the repository.
    init(
        _ globals: GlobalOptions,
        _ options: RuntimeOptions,
        _ identities: IdentityOptions,
        _ context: CommandContext
    ) async throws {
        self.globals = globals
        self.options = options
        self.context = context
        identityFiles = identities.identity
        if let path = options.registry {
            guard globals.repo == nil else {
                throw CommandFailure.usage("--registry and --repo name two places", help: "give one of them")
            }
            providers = try await UsableProviders(
                registryAt: context.absolutePath(path),
                shownAs: path,
                concurrency: context.cores
            )
            return
        }
        let repository = try Repository(globals, in: context)
        let progress = ProgressLine(verb: "reading", isQuiet: globals.quiet, context)
        let checked = try await repository.analyze(
            repository.compiler(today: context.today),
            .workingTree,
            Repository.Reading(alternative: "use the commit: roster compile --rev HEAD -o FILE, then --registry FILE"),
            progress: progress
        )
        context.process.retain(checked)
        providers = UsableProviders(checked, pathPrefix: repository.pathPrefix)
    }

    /// Returns whether a path names a file of the repository that is read.
    func isSource(_ path: String) throws -> Bool {
        guard options.registry == nil else { return false }
        return try Repository(globals, in: context).isSource(path, below: context.currentFolder)
    }

    /// Returns a provider whose files have no errors, and prints the errors of another.
    func provider(_ name: String) throws -> RegisteredProvider {
        do {
            return try providers.provider(name)
        } catch let failure as WorkspaceFailure {
            if !failure.diagnostics.isEmpty { try context.standardError.write(text(of: failure.diagnostics)) }
            throw CommandFailure(failure)
        } catch let failure as EditFailure {
            throw CommandFailure(failure)
        } catch let failure as ProviderFailure {
            throw CommandFailure(failure)
        }
    }

    /// Opens a provider's secret with the identities that are found.
    func open(_ provider: RegisteredProvider) throws -> OpenEndpoint {
        context.process.harden()
        do {
            let open = try provider.open(from: identitySources, variables: context.variables, now: context.now)
            if provider.secret != nil { try warnOfUnlockedMemory() }
            return open
        } catch let failure as ProviderFailure {
            throw CommandFailure(failure)
        } catch let problem as IdentitySources.Problem { throw CommandFailure(problem) }
    }

    /// The sources of identities.
    var identitySources: IdentitySources { context.identitySources(identityFiles) }

    /// Warns once when memory for secrets could not be locked.
    func warnOfUnlockedMemory() throws {
        guard context.unlockedMemory.isNews(), !globals.quiet else { return }
        try context.standardError.write(UnlockedMemory.warning)
    }

    /// Returns the client that sends requests.
    func client() throws -> ProviderClient {
        do {
            return try ProviderClient(
                limits: options.limits,
                variables: context.variables,
                currentFolder: context.currentFolder
            )
        } catch { throw CommandFailure(error) }
    }

    // MARK: - Printing

    func printLine(_ line: String) throws {
        try context.standardOutput.write(
            PrintableText.escape(line, breakingCommands: context.isGitHubActions) + "\n"
        )
    }

    /// Prints rows in columns, by the width of the visible text.
    func table(_ rows: [[String]]) throws {
        for line in TextTable.lines(rows.map { $0.map { PrintableText.escape($0) } }) { try printLine(line) }
    }

    func note(_ line: String) throws {
        guard !globals.quiet else { return }
        try context.standardError.write(
            PrintableText.escape(line, breakingCommands: context.isGitHubActions) + "\n"
        )
    }

    func print(_ body: (inout JSONWriter) -> Void) throws {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        body(&json)
        json.endLine()
        try context.standardOutput.write(json.bytes)
    }

    /// Prints a request to a provider as it would be sent, without secrets.
    func show(_ request: ProviderRequest, to provider: String, _ format: ListFormat) throws {
        guard format == .text else { return try print { $0.request(request, to: provider) } }
        try printLine("\(request.method) \(request.url)")
        for field in request.headers { try printLine(field.description) }
        guard !request.body.isEmpty else { return }
        try printLine("")
        try printLine(String(decoding: request.body, as: UTF8.self))
    }

    private func text(of diagnostics: [Diagnostic]) -> String { context.text(of: diagnostics, globals) }
}

extension CommandFailure {
    /// Creates the failure of a command from that of a provider.
    init(_ failure: ProviderFailure) {
        self = .impossible(failure.message, help: failure.help)
    }
}
