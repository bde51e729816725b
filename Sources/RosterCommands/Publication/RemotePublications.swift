import RosterFleet
import RosterModel
import RosterPublication

/// Creates the sources and destinations of addresses, with the credentials and limits of the command line.
struct RemotePublications {
    let channel: Channel
    let options: RemoteOptions
    /// The time between two requests to a source that is polled.
    let poll: Duration
    let context: CommandContext

    init(_ channel: Channel, _ options: RemoteOptions, poll: Duration = .seconds(15), _ context: CommandContext) {
        (self.channel, self.options, self.poll, self.context) = (channel, options, poll, context)
    }

    /// Returns the source of an address.
    func source(for address: PublicationAddress) throws -> any PublicationSource {
        switch address.location {
        case .folder(let path):
            return FolderSource(path: folderPath(path), address: address.description, channel: channel)
        case .oci: throw Self.unsupported("oci")
        case .web: throw Self.unsupported("https")
        case .etcd: throw Self.unsupported("etcd")
        }
    }

    /// Returns the destination of an address.
    func destination(for address: PublicationAddress) throws -> any PublicationDestination {
        switch address.location {
        case .folder(let path):
            return FolderDestination(path: folderPath(path), address: address.description, channel: channel)
        case .oci(_, _, .digest):
            throw CommandFailure.usage("\(address) names a digest, to which nothing can be published")
        case .oci: throw Self.unsupported("oci")
        case .web:
            throw CommandFailure.usage(
                "\(address) can only be read",
                help: "publish into a folder, and upload that: roster publish dir:FOLDER"
            )
        case .etcd: throw Self.unsupported("etcd")
        }
    }

    /// Returns an absolute path without slashes at its end.
    private func folderPath(_ path: String) -> String {
        let path = context.absolutePath(path)
        return path.lastIndex { $0 != "/" }.map { String(path[...$0]) } ?? "/"
    }

    private static func unsupported(_ scheme: String) -> CommandFailure {
        .usage("addresses that begin with \(scheme) are not supported by this build", help: "use dir:FOLDER")
    }
}
