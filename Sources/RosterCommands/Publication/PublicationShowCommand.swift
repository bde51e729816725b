import ArgumentParser
import RosterBytes
import RosterFleet
import RosterJSON
import RosterModel
import RosterPublication

struct PublicationShowCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Verify the newest publication of an address as a server would, and show it.",
        discussion: "A publication that a server would refuse is exit code 1.",
        aliases: ["get"]
    )
    static let examples = ["roster publication show dir:/srv/registry --trust /etc/roster/trust.pem"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("oci://, https://, etcd:// or dir:PATH.", valueName: "source"))
    var source: AddressArgument

    @Option(help: ArgumentHelp("The trusted public keys, as PEM (default: ROSTER_TRUST).", valueName: "file"))
    var trust: String?

    @Option(help: "The channel.")
    var channel = Channel.main

    @OptionGroup var output: ListFormatOptions

    @OptionGroup(title: "Requests") var remote: RemoteOptions

    func run(_ context: CommandContext) async throws {
        let trustFile = try TrustFile(trust, context)
        let keys = try trustFile.contents().keys
        let publications = try RemotePublications(channel, remote, context)
        let address = try publications.address(source)
        let source = try publications.source(for: address)
        let shown: ShownPublication
        do {
            shown = try await ShownPublication(source, trusted: keys, channel: channel, context)
        } catch let refusal as Refusal {
            throw Self.failure(refusal, of: address, trust: trustFile.shown)
        } catch let problem as SourceProblem {
            guard case .content(let reason) = problem.reason else {
                throw CommandFailure(exitCode: 3, message: "\(address) cannot be read: \(problem.message)")
            }
            throw Self.failure(Refusal(reason, problem.message), of: address, trust: trustFile.shown)
        }
        switch output.format {
        case .text: try context.standardOutput.write(shown.text)
        case .json: try context.standardOutput.write(shown.json)
        }
    }

    private static func failure(_ refusal: Refusal, of address: PublicationAddress, trust: String) -> CommandFailure {
        CommandFailure(
            exitCode: 1,
            message: "the publication of \(address) is refused: \(refusal.message) (\(refusal.reason.rawValue))",
            help: refusal.reason == .untrustedKey ? "add its key to \(trust) if you know it" : nil
        )
    }
}
