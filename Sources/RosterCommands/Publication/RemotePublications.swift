import RosterFleet
import RosterHTTPClient
import RosterModel
import RosterPublication

/// Creates the sources and destinations of addresses, with the credentials and limits of the command line.
struct RemotePublications {
    let channel: Channel
    let options: RemoteOptions
    /// The time between two requests to a source that is polled.
    let poll: Duration
    let context: CommandContext
    private let client: HTTPClient

    init(
        _ channel: Channel,
        _ options: RemoteOptions,
        poll: Duration = .seconds(15),
        _ context: CommandContext
    ) throws {
        (self.channel, self.options, self.poll, self.context) = (channel, options, poll, context)
        client = HTTPClient(try options.configuration(context))
    }

    /// Returns the address that an argument names; one that cannot be used is a wrong use of the command.
    func address(_ argument: AddressArgument) throws -> PublicationAddress {
        do throws(PublicationAddress.Problem) {
            return try PublicationAddress(argument.text, channel: channel, encryption: options.encryption)
        } catch { throw CommandFailure.usage(error.message) }
    }

    /// Returns the source of an address.
    func source(for address: PublicationAddress) throws -> any PublicationSource {
        switch address {
        case .folder(let path):
            FolderSource(path: folderPath(path), address: address.description, channel: channel)
        case .oci(let reference):
            OCISource(reference, sender: client, credentials: credentialsOfRegistries, interval: poll)
        case .web(let base):
            WebSource(base: base, channel: channel, interval: poll, sender: client, bearer: bearer)
        case .etcd(let address):
            EtcdSource(address, channel: channel, sender: client, credentials: try credentialsOfEtcd())
        }
    }

    /// Returns the destination of an address.
    func destination(for address: PublicationAddress) throws -> any PublicationDestination {
        switch address {
        case .folder(let path):
            return FolderDestination(path: folderPath(path), address: address.description, channel: channel)
        case .oci(let reference):
            do throws(OCIReference.Problem) {
                return try OCIDestination(reference, sender: client, credentials: credentialsOfRegistries)
            } catch { throw CommandFailure.usage("\(address): \(error.message)") }
        case .web:
            throw CommandFailure.usage(
                "\(address) can only be read",
                help: "publish into a folder, and upload that: roster publish dir:FOLDER"
            )
        case .etcd(let address):
            return EtcdDestination(address, channel: channel, sender: client, credentials: try credentialsOfEtcd())
        }
    }

    /// Returns an absolute path without slashes at its end.
    private func folderPath(_ path: String) -> String {
        let path = context.absolutePath(path)
        return path.lastIndex { $0 != "/" }.map { String(path[...$0]) } ?? "/"
    }

    private func variable(_ name: String) -> String? { context.environment(name).flatMap { $0.isEmpty ? nil : $0 } }

    private var credentialsOfRegistries: OCICredentials {
        var environment: [String: String] = [:]
        for name in ["DOCKER_CONFIG", "HOME"] { environment[name] = variable(name) }
        return OCICredentials(file: options.authFile.map(context.absolutePath), environment: environment)
    }

    private var bearer: BearerToken? {
        variable("ROSTER_BEARER_FILE").map { BearerToken(file: context.absolutePath($0)) }
    }

    private func credentialsOfEtcd() throws -> EtcdCredentials? {
        switch (variable("ROSTER_ETCD_USER"), variable("ROSTER_ETCD_PASSWORD_FILE")) {
        case (let user?, let file?): return EtcdCredentials(user: user, passwordFile: context.absolutePath(file))
        case (nil, nil): return nil
        default: throw CommandFailure.usage("ROSTER_ETCD_USER and ROSTER_ETCD_PASSWORD_FILE go together: set both")
        }
    }
}

extension RemoteOptions {
    /// The requests that use TLS: with certificates for it, those to this machine, too.
    fileprivate var encryption: PublicationAddress.Encryption {
        if isPlainHTTP { return .never }
        return ca == nil && clientCert == nil ? .exceptLoopback : .always
    }

    /// Returns the settings of the client.
    fileprivate func configuration(_ context: CommandContext) throws -> HTTPClientConfiguration {
        var configuration: HTTPClientConfiguration
        do throws(ProxySettings.Malformed) {
            configuration = try HTTPClientConfiguration(environment: context.environment)
        } catch {
            throw CommandFailure.impossible("HTTPS_PROXY is not the address of a proxy", help: "write http://HOST:PORT")
        }
        if let ca { configuration.rootsFile = context.absolutePath(ca) }
        if let clientCert, let clientKey {
            configuration.identity = ClientIdentity(
                certificateFile: context.absolutePath(clientCert),
                keyFile: context.absolutePath(clientKey)
            )
        }
        return configuration
    }
}
