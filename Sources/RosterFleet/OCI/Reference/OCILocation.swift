import RosterBytes
package import RosterModel

/// An absolute URL of http or https with a query, as registries return it in `Location` and `realm`.
package struct OCILocation: Hashable, Sendable {
    package let origin: Origin
    /// The path and the query.
    package let target: String

    /// The maximum number of bytes; presigned URLs of storage have up to 3,000.
    static let byteLimit = 8 * 1024

    package init(origin: Origin, target: String) { (self.origin, self.target) = (origin, target) }

    /// Parses a URL, or a path on the host of another URL.
    ///
    /// - Returns: the URL without its fragment; nil for a URL with a user, with another scheme, with a character that is not
    ///   allowed in a URL, or relative to a folder.
    package init?(_ text: String, relativeTo base: OCILocation? = nil) {
        let bytes = text.utf8
        guard bytes.count <= Self.byteLimit,
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\".utf8.contains($0) })
        else { return nil }
        let whole = text[..<(bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex)]
        if let base, whole.utf8.first == UInt8(ascii: "/") {
            guard whole.utf8.dropFirst().first == UInt8(ascii: "/") else {
                self.init(origin: base.origin, target: String(whole))
                return
            }
            self.init("\(base.origin.scheme.rawValue):\(whole)")
            return
        }
        guard let authority = whole.firstRange(of: "://")?.upperBound else { return nil }
        let end = whole[authority...].utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
        guard let origin = try? BaseURL(String(whole[..<(end ?? whole.endIndex)])).origin else { return nil }
        let target = whole[(end ?? whole.endIndex)...]
        self.init(origin: origin, target: target.utf8.first == UInt8(ascii: "/") ? String(target) : "/" + target)
    }

    /// Returns the URL with parameters at the end of its query.
    package func adding(_ parameters: [(name: String, value: String)]) -> OCILocation {
        let query = Self.form(parameters)
        let separator: String
        switch target.utf8.last {
        case UInt8(ascii: "?"), UInt8(ascii: "&"): separator = ""
        default: separator = target.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        }
        return OCILocation(origin: origin, target: target + separator + query)
    }

    /// Returns parameters as a query, and as the body of a form.
    static func form(_ parameters: [(name: String, value: String)]) -> String {
        parameters.map { "\($0.name)=\(PercentEncoding.encode($0.value.utf8))" }.joined(separator: "&")
    }
}
