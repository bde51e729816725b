import RosterBytes
import RosterDiagnostics
import RosterJSON
import RosterModel

/// The result of pinging a provider.
struct PingOutcome: Sendable {
    var provider: String
    var endpoint: String?
    var status: Int?
    var latency: Duration?
    /// The model's answer; nil when no request was sent.
    var text: String?
    /// The reason for having no answer.
    var error: String?
    /// The remedy for the error.
    var help: String?
    /// The reason for not sending a request.
    var skipped: String?

    /// The most Unicode scalars of ``firstLine``.
    private static let lineLength = 500

    /// The answer's first line with a visible character, cut when it is long.
    var firstLine: String {
        guard let text else { return "" }
        let line = text.split(whereSeparator: \.isNewline).first { $0.contains { !$0.isWhitespace } }
        return line.map { String($0).excerpt(Self.lineLength) } ?? "(empty)"
    }

    /// ``firstLine`` as a terminal shows it, no longer than a line is.
    var printedLine: String { PrintableText.escape(firstLine).excerpt(Self.lineLength) }

    var milliseconds: String { latency.map { "\(Self.milliseconds($0)) ms" } ?? "" }

    private static func milliseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.name("provider")
            json.string(provider)
            json.name("endpoint")
            json.string(endpoint)
            json.name("status")
            json.integer(status)
            json.name("latencyMs")
            if let latency { json.integer(Self.milliseconds(latency)) } else { json.null() }
            json.name("answer")
            json.string(text.map { _ in firstLine == "(empty)" ? "" : firstLine })
            json.name("error")
            json.string(error)
            json.name("help")
            json.string(help)
            json.name("skipped")
            json.string(skipped)
        }
    }
}
