import RosterBytes

/// A key of `config` that becomes part of the URL of requests.
public enum EndpointSetting: Hashable, Sendable {
    /// `region` of bedrock and xai.
    case region
    /// `resourceName` of azure.
    case resourceName
    /// `version` of google.
    case version
    /// `apiVersion` of azure.
    case apiVersion

    /// Creates the setting that is a label of the slug's own host; returns nil for a slug without one.
    public init?(of slug: ProviderSlug) {
        guard let setting = slug.facts.endpointSettings.first(where: { $0 == .region || $0 == .resourceName }) else {
            return nil
        }
        self = setting
    }

    /// The key under `config`.
    public var name: String {
        switch self {
        case .region: "region"
        case .resourceName: "resourceName"
        case .version: "version"
        case .apiVersion: "apiVersion"
        }
    }

    /// Returns a Boolean value that indicates whether a text stays one label, path segment or query value.
    public func matches(_ text: String) -> Bool {
        unsafe text.utf8.span.withUnsafeBufferPointer { unsafe matches($0) }
    }

    private func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (1...63).contains(text.count) else { return false }
        switch self {
        case .region:  // [a-z]{2}(-[a-z0-9]+)+
            guard text.count > 3, unsafe Self.isLowercaseLetter(text[0]), unsafe Self.isLowercaseLetter(text[1]),
                unsafe text[2] == UInt8(ascii: "-")
            else { return false }
            return unsafe Self.isHyphenated(text, from: 3) { $0.isASCIILowercaseLetterOrDigit }
        case .resourceName:  // [a-z0-9]([a-z0-9-]*[a-z0-9])?
            guard unsafe text[0] != UInt8(ascii: "-"), unsafe text[text.count - 1] != UInt8(ascii: "-") else {
                return false
            }
            return unsafe text.allSatisfy { $0.isASCIILowercaseLetterOrDigit || $0 == UInt8(ascii: "-") }
        case .version:  // v[0-9][a-z0-9]*
            guard text.count > 1, unsafe text[0] == UInt8(ascii: "v"), unsafe text[1].isASCIIDigit else { return false }
            return unsafe text.allSatisfy { $0.isASCIILowercaseLetterOrDigit }
        case .apiVersion:  // [A-Za-z0-9]+(-[A-Za-z0-9]+)*
            return unsafe Self.isHyphenated(text, from: 0) { $0.isASCIILetterOrDigit }
        }
    }

    private static func isLowercaseLetter(_ byte: UInt8) -> Bool {
        byte.isASCIILowercaseLetterOrDigit && !byte.isASCIIDigit
    }

    /// Returns a Boolean value that indicates whether text is words of allowed characters with a hyphen between them.
    @inline(__always)
    private static func isHyphenated(
        _ text: UnsafeBufferPointer<UInt8>,
        from start: Int,
        _ isAllowed: (UInt8) -> Bool
    ) -> Bool {
        var previous = UInt8(ascii: "-")
        for offset in start..<text.count {
            let byte = unsafe text[offset]
            let isHyphen = byte == UInt8(ascii: "-") && previous != UInt8(ascii: "-")
            guard isHyphen || isAllowed(byte) else { return false }
            previous = byte
        }
        return previous != UInt8(ascii: "-")
    }
}
