import RosterBytes
import RosterModel
import SealedBoxes

/// The parts of a request that AWS Signature Version 4 signs.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
struct SigningRequest {
    var method: String
    /// The path as it is sent, percent-encoded.
    var path: String
    /// The query as it is sent, without `?`.
    var query: String = ""
    /// The headers that are signed, `host` among them.
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    /// The canonical form of the request.
    var canonical: String {
        let fields = canonicalHeaders
        return [
            method, Self.canonicalPath(path), Self.canonicalQuery(query),
            fields.map { "\($0.name):\($0.value)\n" }.joined(),
            signedHeaders, Digest.sha256(of: body.span).hex,
        ].joined(separator: "\n")
    }

    /// The names of the signed headers.
    var signedHeaders: String { canonicalHeaders.map(\.name).joined(separator: ";") }

    private var canonicalHeaders: [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for (name, value) in headers { values[name.lowercased(), default: []].append(Self.trimmed(value)) }
        return values.map { ($0, $1.joined(separator: ",")) }.sorted { $0.0.precedesInBytes($1.0) }
    }

    /// Returns a value without spaces at its ends, and with each run of spaces replaced by one.
    private static func trimmed(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r\n" }.joined(separator: " ")
    }

    /// Returns the path without `.`, `..` and empty parts, each part encoded again, as every service but S3 requires.
    private static func canonicalPath(_ path: String) -> String {
        var parts: [Substring] = []
        let all = path.split(separator: "/", omittingEmptySubsequences: false)
        for part in all.dropFirst() {
            switch part {
            case "", ".": break
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        let isFolder = !parts.isEmpty && ["", ".", ".."].contains(all.last)
        return "/" + parts.map { encoded($0) }.joined(separator: "/") + (isFolder ? "/" : "")
    }

    private static func canonicalQuery(_ query: String) -> String {
        query.split(separator: "&")
            .map { part -> (String, String) in
                let equals = part.firstIndex(of: "=") ?? part.endIndex
                return (recoded(part[..<equals]), recoded(part[equals...].dropFirst()))
            }
            .sorted { $0.0.equalsInBytes($1.0) ? $0.1.precedesInBytes($1.1) : $0.0.precedesInBytes($1.0) }
            .map { "\($0)=\($1)" }
            .joined(separator: "&")
    }

    /// Returns a text in which encoded bytes stay and all others are encoded.
    private static func recoded(_ text: Substring) -> String {
        PercentEncoding.encode(PercentEncoding.decodeLeniently(text.utf8))
    }

    private static func encoded(_ text: Substring) -> String { PercentEncoding.encode(text.utf8) }
}
