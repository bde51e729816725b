import ArgumentParser
import RosterFleet
package import RosterPublication

/// The address of a publication on the command line, whose text is parsed when the command runs.
///
/// The parser of the command line would repeat a text that it cannot read, and with it a password.
struct AddressArgument: ExpressibleByArgument, Hashable {
    /// The text as people wrote it.
    let text: String

    init?(argument: String) { text = argument }
}

extension Channel: ExpressibleByArgument {
    /// Reads the name of a channel.
    package init?(argument: String) { self.init(argument) }
}
