import ArgumentParser
import RosterDiagnostics

/// An output format of `roster models`.
enum ModelsFormat: String, CaseIterable, ResultFormat {
    case text, json, sarif, junit

    /// The format of lists and requests.
    var list: ListFormat { self == .text ? .text : .json }

    /// The format of reports of diagnostics; nil for the formats of lists.
    var report: OutputFormat? {
        switch self {
        case .text, .json: nil
        case .sarif: .sarif
        case .junit: .junit
        }
    }
}
