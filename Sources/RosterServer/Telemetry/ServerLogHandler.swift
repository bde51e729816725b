package import Logging
import RosterBytes
import RosterDiagnostics
import RosterJSON
package import RosterModel

/// A handler that writes the server's messages to the log of requests, in the same format.
package struct ServerLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel = Logger.Level.info

    private let format: RequestLog.Format
    private let sink: LogSink
    private let now: @Sendable () -> Timestamp

    /// Creates a handler that writes to `sink`.
    package init(_ format: RequestLog.Format, to sink: LogSink, now: @escaping @Sendable () -> Timestamp) {
        self.format = format
        self.sink = sink
        self.now = now
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let message = event.message.description
        switch format {
        case .text:
            let line = PrintableText.escape("\(now()) \(event.level.rawValue): \(message)")
            sink.write(Array((line + "\n").utf8))
        case .json:
            var json = JSONWriter(.compact, escapingInvisible: true)
            json.object { json in
                json.name("time")
                json.string(now().description)
                json.name("level")
                json.string(event.level.rawValue)
                json.name("message")
                json.string(message)
            }
            json.endLine()
            sink.write(json.bytes)
        }
    }
}
