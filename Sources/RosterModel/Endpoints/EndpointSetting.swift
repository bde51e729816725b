/// A key of `config` that becomes part of the host or the path of requests.
public enum EndpointSetting: Hashable, Sendable {
    /// `region` of bedrock and xai.
    case region
    /// `resourceName` of azure.
    case resourceName
    /// `version` of google.
    case version

    /// The setting that a slug has; nil for a slug without one.
    public init?(of slug: ProviderSlug) {
        switch slug {
        case .azure: self = .resourceName
        case .bedrock, .xai: self = .region
        case .google: self = .version
        default: return nil
        }
    }

    /// The key under `config`.
    public var name: String {
        switch self {
        case .region: "region"
        case .resourceName: "resourceName"
        case .version: "version"
        }
    }

    /// Returns whether a text is a value that stays one label of the host, or one segment of the path.
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
        }
    }
}
