import ArgumentParser
import RosterPublication

struct PublishCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Sign the registry, and write it to an OCI registry, etcd or a folder, for servers to follow.",
        discussion: """
            Each destination gets the same publication, and only if the commit that it has now is an ancestor of the \
            new one.

            The key comes from --key or from ROSTER_PUBLISHING_KEY: roster key generate --publishing -o FILE.
            """
    )
    static let examples = [
        "roster publish dir:/srv/registry --key /etc/roster/publishing.pem --rev HEAD",
        "roster publish dir:/srv/registry --key publishing.pem --rev HEAD --refresh",
    ]

    @OptionGroup var globals: GlobalOptions

    @Argument(
        help: ArgumentHelp("oci://HOST/REPOSITORY, etcd://HOST:PORT/PREFIX or dir:PATH.", valueName: "destination")
    )
    var destinations: [AddressArgument]

    @Option(help: ArgumentHelp("Publish this revision from git instead of the working tree.", valueName: "rev"))
    var rev: String?

    @Option(help: ArgumentHelp("Publish this compiled registry.", valueName: "file"))
    var registry: String?

    @OptionGroup var options: PublishOptions

    @OptionGroup var output: ListFormatOptions

    @OptionGroup(title: "Requests") var remote: RemoteOptions

    func validate() throws {
        if rev != nil, registry != nil { throw ValidationError("--rev and --registry exclude each other.") }
        if Set(destinations).count < destinations.count {
            throw ValidationError("One destination is given twice.")
        }
        if destinations.count > 4 { throw ValidationError("At most 4 destinations can be given.") }
    }

    func run(_ context: CommandContext) async throws {
        context.process.harden()
        let publications = try RemotePublications(options.channel, remote, context)
        var targets: [PublishingTarget] = []
        for argument in destinations {
            targets.append(try PublishingTarget(publications.address(argument), publications))
        }
        let run = PublishingRun(globals: globals, options: options, format: output.format, context: context)
        try await run.publish(rev: rev, registry: registry, to: targets)
    }
}
