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

/// A registry, from a repository or from a file, whose providers are to be used.
struct RuntimeSession {
    let context: CommandContext
    let registry: Registry
    private let globals: GlobalOptions
    private let options: RuntimeOptions
    private let identityFiles: [String]
    /// What is wrong in the repository; nothing when the registry was compiled before.
    private let errors: [Diagnostic]
    private let survey: PartialRegistry.Outline?

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
        let compiler = Compiler(
            Compiler.Options(today: context.today, pathPrefix: repository.pathPrefix, concurrency: cores)
        )
        let progress = ProgressLine(verb: "reading", isQuiet: globals.quiet, context)
        let checked = try await repository.analyze(
            compiler,
            .workingTree,
            Repository.Reading(alternative: "use the commit: roster compile --rev HEAD -o FILE, then --registry FILE"),
            progress: progress
        )
        context.process.retain(checked)
        registry = checked.readableRegistry(history: .modificationTimes)
        errors = checked.diagnostics.filter { $0.severity == .error }
        survey = checked.outline
        prefix = repository.pathPrefix
    }

    /// The way from git's top level to the repository.
    private var prefix = ""

    private static func read(_ path: String, _ context: CommandContext) async throws -> Registry {
        let real = RegistryFileSource.realPath(context.absolutePath(path))
        let bytes = try RepositoryFile.bytes(atPath: real ?? context.absolutePath(path), shownAs: real ?? path)
        do {
            return try await RegistryDecoder.decode(bytes, concurrency: cores)
        } catch let problem as RegistryProblem {
            throw CommandFailure.impossible(
                "\(path) is no registry that can be used: \(problem)",
                help: "write it anew: roster compile -o FILE"
            )
        }
    }

    /// A provider in whose files there is no error.
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

    /// The names of all providers, those with errors among them.
    var providerNames: [String] {
        survey?.providers.map { "\($0.project)/\($0.handle)" } ?? registry.registeredProviders.map(\.name)
    }

    /// Opens a provider's secret with the identities at hand.
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

    /// What sends requests.
    func client() throws -> ProviderClient {
        do {
            return try ProviderClient(limits: options.limits, environment: context.environment)
        } catch { throw CommandFailure(error) }
    }

    // MARK: - Printing

    func say(_ line: String) throws {
        try context.standardOutput.write(
            PrintableText.escape(line, breakingCommands: context.isGitHubActions) + "\n"
        )
    }

    /// Prints rows of words in columns, as wide as what is seen of them.
    func table(_ rows: [[String]]) throws {
        for line in TextTable.lines(rows.map { $0.map { PrintableText.escape($0) } }) { try say(line) }
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

    /// Prints a request as it would be sent, without what must not be seen.
    func show(_ request: ProviderRequest) throws {
        try say("\(request.method) \(request.url)")
        for field in request.headers { try say(field.description) }
        guard !request.body.isEmpty else { return }
        try say("")
        try say(String(decoding: request.body, as: UTF8.self))
    }

    private func text(of diagnostics: [Diagnostic]) -> String { context.text(of: diagnostics, globals) }
}

extension CommandFailure {
    /// Why a provider could not be used.
    init(_ failure: ProviderFailure) {
        self = .impossible(failure.message, help: failure.help)
    }
}
