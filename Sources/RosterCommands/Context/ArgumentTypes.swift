public import ArgumentParser
public import RosterCompiler
public import RosterDiagnostics
public import RosterModel

// Types of the libraries that stand as they are in arguments.

extension OutputFormat: ExpressibleByArgument {}

extension SchemaKind: ExpressibleByArgument {}

extension CalendarDate: ExpressibleByArgument {
    /// Reads `YYYY-MM-DD`.
    public init?(argument: String) { self.init(argument) }
}
