import RosterBytes
package import RosterModel
import SealedBoxes

/// The proxy for requests over TLS; only `HTTPS_PROXY` and `NO_PROXY` are read.
package struct ProxySettings: Sendable {
    /// The address of the proxy; nil when there is none.
    package let proxy: Proxy?
    private let exceptions: [String]

    /// A proxy and its credentials.
    package struct Proxy: Sendable {
        package let origin: Origin
        /// The value of `Proxy-Authorization`, which is sent only to the proxy.
        let authorization: String?
    }

    /// `HTTPS_PROXY` is set but is not `http://host:port`.
    package struct Malformed: Error {}

    /// Reads the settings from variables.
    package init(_ environment: (_ name: String) -> String?) throws(Malformed) {
        exceptions = (environment("NO_PROXY") ?? "").split { $0 == "," || $0 == " " }.map { $0.lowercased() }
        guard var text = environment("HTTPS_PROXY"), !text.isEmpty else {
            proxy = nil
            return
        }
        if !text.contains("://") { text = "http://" + text }
        var authorization: String?
        if let at = text.lastIndex(of: "@"), let start = text.firstRange(of: "://")?.upperBound, start <= at {
            let words = PercentEncoding.decodeLeniently(text[start..<at].utf8)
            authorization = "Basic " + CanonicalBase64.encode(words.span)
            text = String(text[..<start] + text[text.index(after: at)...])
        }
        guard let url = try? BaseURL(text), url.origin.scheme == .http else { throw Malformed() }
        proxy = Proxy(origin: url.origin, authorization: authorization)
    }

    /// Returns the proxy for an origin; nil for a direct connection.
    package func proxy(for origin: Origin) -> Proxy? {
        guard origin.scheme == .https, !origin.host.isLoopback, let proxy else { return nil }
        let host = "\(origin.host)"
        let isException = exceptions.contains { entry in
            if entry == "*" { return true }
            let name = entry.hasPrefix("*.") ? String(entry.dropFirst()) : entry
            if name.hasPrefix(".") { return host.hasSuffix(name) }
            return [name, "[\(name)]"].contains(host) || name == "\(host):\(origin.port)" || host.hasSuffix("." + name)
        }
        return isException ? nil : proxy
    }
}
