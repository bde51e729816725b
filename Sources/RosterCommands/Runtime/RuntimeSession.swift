import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterEditing
import RosterJSON
import RosterModel
import RosterRuntime
import RosterSources
import SealedBoxes
import RosterWorkspace

/// The registry of commands that use providers, from a repository or from a file.
struct RuntimeSession {
    let context: CommandContext
    let registry: Registry
    private let globals: GlobalOptions
    private let options: RuntimeOptions
    private let identityFiles: [String]
    /// The errors of the repository; none for a compiled registry.
    private let errors: [Diagnostic]
    private let survey: RepositorySurvey?

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
            registry = try await Self.read(path, context)
            (errors, survey) = ([], nil)
            return
        }
        let repository = try Repository(globals, in: context)
        let compiler = repository.compiler(today: context.today)
        let progress = ProgressLine(verb: "reading", isQuiet: globals.quiet, context)
        let checked = try await repository.check(
            compiler,
            .workingTree,
            Repository.Reading(alternative: "use the commit: roster compile --rev HEAD -o FILE, then --registry FILE"),
            progress: progress
        )
        context.process.retain(checked)
        registry = checked.readableRegistry(history: .modificationTimes)
        errors = checked.diagnostics.filter { $0.severity == .error }
        survey = checked.survey
        prefix = repository.pathPrefix
    }

    /// The path of the repository relative to git's top level.
    private var prefix = ""

    private static func read(_ path: String, _ context: CommandContext) async throws -> Registry {
        let real = RegistryFileSource.realPath(context.absolutePath(path))
        let bytes = try RepositoryFile.bytes(atPath: real ?? context.absolutePath(path), shownAs: real ?? path)
        do {
            return try await RegistryDecoder.decode(bytes, concurrency: cores)
        } catch let problem as RegistryProblem {
            throw CommandFailure.impossible(
                "\(path) is not a usable registry: \(problem)",
                help: "write it again: roster compile -o FILE"
            )
        }
    }

    /// Returns a provider whose files have no errors.
    func provider(_ name: String) throws -> RegisteredProvider {
        if let declared = survey?.providers.first(where: { "\($0.project)/\($0.handle)" == name || $0.id == name }) {
            let secret = declared.secret.map { "secrets/\(declared.project)/\($0)\(RepositoryLayout.recordSuffix)" }
            let paths = Set([declared.path, RepositoryLayout.rosterFile, secret].compactMap { $0.map { prefix + $0 } })
            let found = errors.filter { error in
                paths.contains(error.place.path) || error.related.contains { paths.contains($0.place.path) }
            }
            guard found.isEmpty else {
                try context.standardError.write(text(of: found))
                throw CommandFailure.impossible("\(name) has errors, and is not used", help: "see all: roster check")
            }
        }
        do {
            return try registry.provider(name)
        } catch {
            let path = "\(prefix)providers/\(name)\(RepositoryLayout.recordSuffix)"
            guard errors.contains(where: { $0.place.path == path }) else {
                guard error.code == .unknownProvider else { throw CommandFailure(error) }
                let list = error.help ?? "list them: roster provider list"
                throw CommandFailure(Editor.unknown(error.message, name, among: providerNames, orElse: list))
            }
            throw CommandFailure.impossible("\(path) has errors", help: "see them: roster check")
        }
    }

    /// The names of all providers, including those with errors.
    var providerNames: [String] {
        survey?.providers.map { "\($0.project)/\($0.handle)" } ?? registry.registeredProviders.map(\.name)
    }

    /// Opens a provider's secret with the identities that are found.
    func open(_ provider: RegisteredProvider) throws -> OpenEndpoint {
        context.process.harden()
        do {
            guard let secret = provider.secret else {
                return try provider.open(ProviderIdentities(), variables: context.variables)
            }
            let ring: IdentityRing
            do throws(IdentitySources.Problem) {
                ring = try context.identitySources(identityFiles)
                    .load(for: secret.boxes.map(\.key))
            } catch { throw CommandFailure(error) }
            let open = try provider.open(ProviderIdentities(ring), variables: context.variables)
            if MemoryLock.takeFailure(), !globals.quiet {
                try context.standardError.write(
                    "warning: memory for secrets could not be locked; it may be swapped out\n"
                )
            }
            return open
        } catch let failure as ProviderFailure { throw CommandFailure(failure) }
    }

    /// Returns the client that sends requests.
    func client() throws -> ProviderClient {
        do {
            return try ProviderClient(limits: options.limits, environment: context.environment)
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

    /// Prints a request as it would be sent, without secrets.
    func show(_ request: ProviderRequest) throws {
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
