import ArgumentParser
import RosterDiagnostics
import RosterReview

/// The formats of a command's results, one of which is JSON.
protocol ResultFormat: ExpressibleByArgument, RawRepresentable<String>, Equatable, Sendable {
    /// For people.
    static var text: Self { get }
    /// For programs.
    static var json: Self { get }
    /// The format without an option.
    static var usual: Self { get }
}

extension ResultFormat {
    static var usual: Self { .text }
}

/// The format of a command's results.
enum ListFormat: String, CaseIterable, ResultFormat {
    case text, json
}

extension OutputFormat: ResultFormat {}

extension ReviewFormat: ResultFormat {}

/// The options that choose the format of a command's results.
struct FormatOptions<Format: ResultFormat>: ParsableArguments {
    @Option(name: .customLong("format"), help: "The output format (default: \(Format.usual.rawValue)).")
    var named: Format?

    @Flag(name: .customLong("json"), help: "The same as --format json.")
    var isJSON = false

    /// The format.
    var format: Format { named ?? (isJSON ? .json : .usual) }

    func validate() throws {
        if isJSON, let named, named != .json {
            throw ValidationError("--json and --format name two formats: give one of them.")
        }
    }
}

/// The options of a command whose result is always a JSON document.
struct JSONFormatOptions: ParsableArguments {
    /// The only format.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case json
    }

    @Option(name: .customLong("format"), help: "The output format.")
    var named: Format = .json

    @Flag(name: .customLong("json"), help: "The same as --format json.")
    var isJSON = false
}

/// The options that choose between text and JSON.
typealias ListFormatOptions = FormatOptions<ListFormat>
