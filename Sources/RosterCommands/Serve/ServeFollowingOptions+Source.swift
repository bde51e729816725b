import Logging
import RosterCompiler
import RosterFleet
import RosterModel
import RosterPublication
import RosterServer

extension ServeFollowingOptions {
    /// Checks the options that exclude each other, or go together.
    func check(
        _ sources: ServeSourceOptions,
        _ remote: RemoteOptions,
        _ globals: GlobalOptions,
        _ context: CommandContext
    ) throws {
        if !from.isEmpty, sources.registry != nil || sources.rev != nil || globals.repo != nil {
            throw CommandFailure.usage("--from excludes --registry, --rev and --repo: give one source")
        }
        guard from.isEmpty else { return }
        if let name = remote.givenNames.first { throw CommandFailure.usage("\(name) goes with --from") }
        guard sources.registry != nil || trust == nil else {
            throw CommandFailure.usage("--trust goes with --from or --registry")
        }
        guard let name = givenNames.first, sources.registry == nil || TrustFile.name(trust, context) == nil else {
            return
        }
        throw CommandFailure.usage("\(name) goes with --from, or with --registry and --trust")
    }

    /// Returns the source that follows publications; nil when the options choose none.
    func source(
        _ sources: ServeSourceOptions,
        _ remote: RemoteOptions,
        _ logger: Logger,
        _ context: CommandContext
    ) throws -> (any RegistrySource)? {
        // A registry file without keys is served as it is.
        guard !from.isEmpty || sources.registry != nil && TrustFile.name(trust, context) != nil else { return nil }
        let trustFile = try TrustFile(trust, context)
        let publications = try RemotePublications(channel, remote, poll: .seconds(poll.seconds), context)
        var followed: [any PublicationSource] = []
        for argument in from {
            followed.append(try publications.source(for: publications.address(argument)))
        }
        if let registry = sources.registry { followed.append(try sidecar(of: registry, context)) }
        let folder = try stateFolder(context)
        let monitor = PublicationMonitor(
            sources: followed.map(\.address),
            hasStateFolder: folder != nil,
            expiry: whenExpired,
            skew: skew.seconds
        )
        return Follower(
            followed,
            trustFile: trustFile,
            trusted: try trustFile.contents(),
            state: folder,
            monitor: monitor,
            options: FollowingOptions(
                channel: channel,
                skew: skew.seconds,
                notBefore: notBefore,
                registryLimit: maxRegistryBytes.bytes,
                concurrency: context.cores
            ),
            logger: logger,
            clock: context.clock
        ) { Compiler(Compiler.Options(today: context.today, concurrency: context.cores)) }
    }

    private func sidecar(of registry: String, _ context: CommandContext) throws -> any PublicationSource {
        let path = context.absolutePath(registry)
        for file in [path, path + SidecarSource.suffix] where LinkedPath(file).target == nil {
            throw CommandFailure.impossible(
                "there is no file \(file)",
                help: "with --trust or ROSTER_TRUST, the signature of FILE must be in FILE.dsse"
            )
        }
        return SidecarSource(path: path, address: registry)
    }

    private func stateFolder(_ context: CommandContext) throws -> StateFolder? {
        // systemd separates several folders by colons.
        let given = context.environment("STATE_DIRECTORY")?.split(separator: ":").first.map(String.init)
        guard let name = state ?? given else { return nil }
        do throws(StateFolder.Problem) { return try StateFolder(context.absolutePath(name)) } catch {
            switch error {
            case .locked:
                throw CommandFailure.impossible(
                    "another server uses the state folder \(name)",
                    help: "give each server its own: --state DIR"
                )
            case .unusable(let problem):
                throw CommandFailure.impossible("the state folder \(name) cannot be used: \(problem.reason)")
            }
        }
    }
}

extension TrustFile {
    /// Creates the trust file of an option, or of `ROSTER_TRUST`.
    init(_ option: String?, _ context: CommandContext) throws {
        guard let name = Self.name(option, context) else {
            throw CommandFailure.usage(
                "no publication can be verified without the public keys of those who sign it",
                help: "name the file with them: --trust FILE"
            )
        }
        self.init(path: context.absolutePath(name), shownAs: name)
    }

    /// Returns the name of the trust file; nil when neither the option nor the variable gives one.
    static func name(_ option: String?, _ context: CommandContext) -> String? {
        option ?? context.environment("ROSTER_TRUST").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Reads the keys.
    func contents() throws -> Contents {
        do throws(Problem) { return try read() } catch { throw CommandFailure.impossible(error.message) }
    }
}
