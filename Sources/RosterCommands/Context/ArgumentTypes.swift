public import ArgumentParser
public import RosterCompiler
public import RosterDiagnostics
public import RosterModel
package import RosterReview

// Types of the libraries that are arguments without a wrapper.

extension OutputFormat: ExpressibleByArgument {}

extension SchemaKind: ExpressibleByArgument {}

extension ReviewFormat: ExpressibleByArgument {}

extension Risk: ExpressibleByArgument {
    /// Reads the name of a risk.
    package init?(argument: String) {
        guard let risk = Risk.allCases.first(where: { $0.name == argument }) else { return nil }
        self = risk
    }

    /// The names, from the lowest risk to the highest.
    package static var allValueStrings: [String] { allCases.map(\.name) }
}

extension Plan: ExpressibleByArgument {
    /// Reads 12 lower-case hexadecimal digits.
    package init?(argument: String) { self.init(digits: argument) }
}

extension LinkBase: ExpressibleByArgument {
    /// Reads an address of HTTP or HTTPS.
    package init?(argument: String) { self.init(argument) }
}

extension CalendarDate: ExpressibleByArgument {
    /// Reads `YYYY-MM-DD`.
    public init?(argument: String) { self.init(argument) }
}
