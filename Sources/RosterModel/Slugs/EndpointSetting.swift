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

    /// The setting that is a label of the slug's own host; nil for a slug without one.
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

    /// Returns whether a text stays one label of the host, one segment of the path, or one value of the query.
    public func matches(_ text: String) -> Bool {
        guard text.utf8.count <= 63 else { return false }
        switch self {
        case .region:  // [a-z]{2}(-[a-z0-9]+)+
            let rest = text.utf8.dropFirst(2)
            var previous = UInt8(ascii: "a")
            for byte in rest {
                let isHyphen = byte == UInt8(ascii: "-") && previous != UInt8(ascii: "-")
                guard isHyphen || byte.isASCIILowercaseLetterOrDigit else { return false }
                previous = byte
            }
            return text.utf8.prefix(2).allSatisfy { $0.isASCIILowercaseLetterOrDigit && !$0.isASCIIDigit }
                && rest.first == UInt8(ascii: "-") && previous != UInt8(ascii: "-")
        case .resourceName:  // [a-z0-9]([a-z0-9-]*[a-z0-9])?
            return text.utf8.first?.isASCIILowercaseLetterOrDigit == true && text.utf8.last != UInt8(ascii: "-")
                && text.utf8.allSatisfy { $0.isASCIILowercaseLetterOrDigit || $0 == UInt8(ascii: "-") }
        case .version:  // v[0-9][a-z0-9]*
            return text.utf8.first == UInt8(ascii: "v") && text.utf8.dropFirst().first?.isASCIIDigit == true
                && text.utf8.allSatisfy(\.isASCIILowercaseLetterOrDigit)
        case .apiVersion:  // [A-Za-z0-9]+(-[A-Za-z0-9]+)*
            var previous = UInt8(ascii: "-")
            for byte in text.utf8 {
                let isHyphen = byte == UInt8(ascii: "-") && previous != UInt8(ascii: "-")
                guard isHyphen || byte.isASCIILetterOrDigit else { return false }
                previous = byte
            }
            return previous != UInt8(ascii: "-")
        }
    }
}
