import RosterHTTPClient
import RosterTestSupport

@testable import RosterFleet

extension DockerRegistry {
    /// Returns a reference to a repository of the registry.
    func reference(
        _ path: String = OCIExample.repository,
        _ encryption: OCIReference.Encryption = .exceptLoopback
    ) throws -> OCIReference {
        try OCIExample.reference("oci://127.0.0.1:\(port)/\(path)", encryption)
    }

    /// Returns a client that uses no variables of this process.
    static func client(roots: String? = nil) throws -> HTTPClient {
        var configuration = try HTTPClientConfiguration { _ in nil }
        configuration.rootsFile = roots
        return HTTPClient(configuration)
    }

    /// Returns a source of the registry.
    func source(
        _ path: String = OCIExample.repository,
        _ credentials: OCICredentials = .none
    ) throws -> OCISource {
        OCISource(
            try reference(path),
            sender: try Self.client(),
            credentials: credentials,
            interval: .seconds(15)
        )
    }

    /// Returns a destination of the registry that does not wait.
    func destination(
        _ path: String = OCIExample.repository,
        _ credentials: OCICredentials = .none
    ) throws -> OCIDestination {
        try OCIDestination(
            try reference(path),
            sender: try Self.client(),
            credentials: credentials,
            schedule: OCIExample.schedule(OCIExample.Waits())
        )
    }
}
