import ArgumentParser
import RosterFleet
import RosterModel
package import RosterPublication

/// The address of a publication on the command line, whose text is parsed when the command runs.
///
/// The parser of the command line would repeat a text that it cannot read, and with it a password.
struct AddressArgument: ExpressibleByArgument, Hashable {
    private let text: String

    init?(argument: String) { text = argument }

    /// Returns the address; one that cannot be used is a wrong use of the command.
    func address(isPlainHTTP: Bool) throws -> PublicationAddress {
        let address: PublicationAddress
        do throws(PublicationAddress.Problem) { address = try PublicationAddress(text) } catch {
            throw CommandFailure.usage(error.message)
        }
        if case .web(let origin, _) = address.location, origin.scheme == .http, !origin.host.isLoopback, !isPlainHTTP {
            throw CommandFailure.usage(
                "http://\(origin.host) is not encrypted, and others can see what is sent",
                help: "use https, or allow it: --plain-http"
            )
        }
        return address
    }
}

extension Channel: ExpressibleByArgument {
    /// Reads the name of a channel.
    package init?(argument: String) { self.init(argument) }
}
