import RosterBytes
import RosterModel

/// The header fields that proxies, load balancers and content delivery networks add to a request.
enum ProxyFields {
    /// Returns the name of the first such field, of at most 64 characters; nil when there is none.
    static func name(in fields: RequestFields) -> String? {
        for name in fields.names where mayBeOne(name) && isOne(name.lowercased()) { return name.excerpt(64) }
        return nil
    }

    /// Complete names.
    private static let names: Set<String> = [
        "via", "front-end-https", "remote-user", "x-host", "x-http-host-override", "x-iinfo", "x-queue-start",
        "x-request-start", "x-rewrite-url", "x-scheme", "x-url-scheme", "x-varnish",
    ]

    /// Prefixes of the names that one product uses.
    private static let prefixes = [
        "akamai-", "ali-", "cdn-", "cf-", "cloudfront-", "do-", "fastly-", "fly-", "incap-", "ssl-client-",
        "tailscale-", "x-akamai-", "x-amz-cf-", "x-appengine-", "x-arr-", "x-auth-request-", "x-azure-", "x-cdn-",
        "x-edge-", "x-envoy-", "x-haproxy-", "x-kong-", "x-nf-", "x-nginx-", "x-original-", "x-ssl-", "x-sucuri-",
        "x-traefik-", "x-vercel-",
    ]

    /// Parts of names that many products use, each with its own prefix or suffix.
    private static let parts = [
        "forwarded", "proxy", "client-ip", "clientip", "connecting-ip", "real-ip", "remote-addr", "remote-ip",
        "originating-ip",
    ]

    private static func isOne(_ name: String) -> Bool {
        names.contains(name) || prefixes.contains { name.hasPrefix($0) } || parts.contains { name.contains($0) }
    }

    /// Returns false for most of the names that clients send, by their first two letters alone.
    private static func mayBeOne(_ name: String) -> Bool {
        // A part may follow any prefix; such a name is longer than those that clients send.
        guard name.utf8.count <= 25 else { return true }
        var bytes = name.utf8.makeIterator()
        guard let first = bytes.next()?.asciiLowercased, let second = bytes.next()?.asciiLowercased else {
            return false
        }
        return switch (Unicode.Scalar(first), Unicode.Scalar(second)) {
        case ("a", "c"), ("a", "u"), ("c", "a"), ("c", "o"), ("d", "n"), ("e", "x"), ("h", "o"), ("i", "f"), ("k", "e"),
            ("m", "c"), ("o", "r"), ("r", "a"), ("s", "e"), ("t", "e"), ("u", "p"), ("u", "s"):
            false
        case ("x", "-"): name.utf8.count != 12 || name.lowercased() != "x-request-id"
        default: true
        }
    }
}
