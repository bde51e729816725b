import RosterBytes
package import RosterJSON
import RosterModel

/// The result of pinging a provider.
package struct PingOutcome: Sendable, Hashable {
    package var provider: String
    package var endpoint: String?
    package var status: Int?
    package var latency: Duration?
    /// The model's answer; nil when no request was sent.
    package var text: String?
    /// The reason for having no answer.
    package var error: String?
    /// The remedy for the error.
    package var help: String?
    /// The reason for not sending a request.
    package var skipped: String?

    /// The most Unicode scalars of ``firstLine``.
    private static let lineLength = 500

    /// Creates an outcome without a request.
    package init(provider: String, endpoint: String? = nil, skipped: String? = nil) {
        (self.provider, self.endpoint, self.skipped) = (provider, endpoint, skipped)
    }

    /// Creates the outcome of a provider that cannot be used.
    package init(provider: String, error: String, help: String? = nil) {
        (self.provider, self.error, self.help) = (provider, error, help)
    }

    /// Creates the outcome of a request that was answered.
    package init(_ result: PingResult, provider: String, endpoint: String) {
        self.init(provider: provider, endpoint: endpoint)
        (status, latency, text) = (result.status, result.latency, result.text)
    }

    /// The answer's first line with a visible character, cut when it is long.
    package var firstLine: String {
        guard let text else { return "" }
        let line = text.split(whereSeparator: \.isNewline).first { $0.contains { !$0.isWhitespace } }
        return line.map { String($0).excerpt(Self.lineLength) } ?? "(empty)"
    }

    /// ``firstLine`` as a terminal shows it, no longer than a line is.
    package var printedLine: String { PrintableText.escape(firstLine).excerpt(Self.lineLength) }

    /// The latency with its unit.
    package var milliseconds: String { latency.map { "\(Self.milliseconds($0)) ms" } ?? "" }

    private static func milliseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    }

    /// Writes the outcome as an object.
    package func write(to json: inout JSONWriter) {
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
            json.name("handle")
            json.string(provider)
        }
    }
}
