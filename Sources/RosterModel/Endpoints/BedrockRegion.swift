import RosterBytes

/// The region of AWS that a host or a model of Bedrock names.
public enum BedrockRegion {
    /// Returns the region in a host of Bedrock, or nil for any other host.
    ///
    /// The forms are those of botocore's `bedrock` and `bedrock-runtime`: `bedrock-runtime.REGION.amazonaws.com`, with
    /// `-fips`, dual-stack (`api.aws`), and `vpce-….bedrock-runtime.REGION.vpce.amazonaws.com`, in every partition.
    static func named(inHost host: String) -> String? {
        guard let suffix = suffixes.first(where: { $0.isSuffix(of: host) }) else { return nil }
        var labels = host.utf8.dropLast(suffix.utf8CodeUnitCount).split(
            separator: UInt8(ascii: "."),
            omittingEmptySubsequences: false
        )
        if labels.last?.elementsEqual("vpce".utf8) == true { labels.removeLast() }
        guard labels.count >= 2, labels[labels.count - 2].starts(with: "bedrock".utf8) else { return nil }
        let region = String(decoding: labels[labels.count - 1], as: UTF8.self)
        return EndpointSetting.region.matches(region) ? region : nil
    }

    /// Returns the region in an ARN, such as `arn:aws:bedrock:us-east-1:123456789012:inference-profile/…`.
    public static func named(inModel model: String) -> String? {
        guard model.utf8.starts(with: "arn:".utf8) else { return nil }
        let parts = model.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[1].utf8.starts(with: "aws".utf8) else { return nil }
        let region = String(parts[3])
        return EndpointSetting.region.matches(region) ? region : nil
    }

    /// An area at the start of the name of an inference profile.
    public struct Geography: Sendable {
        /// The name, which a dot follows in the name of a profile.
        public let name: StaticString
        /// The prefixes of the regions that can call its profiles.
        let regions: [StaticString]
        /// The prefixes of regions that are excluded from those.
        var except: [StaticString] = []

        /// Returns a Boolean value that indicates whether a region can call its profiles.
        public func allows(_ region: String) -> Bool {
            func starts(_ words: [StaticString]) -> Bool {
                words.contains { region.utf8.starts(with: $0.description.utf8) }
            }
            return starts(regions) && !starts(except)
        }

        /// A setting that fits, for a message.
        public var example: String {
            let start = regions[0].description
            return start.hasSuffix("-") ? "a region that starts with \(start)" : "region: \(start)"
        }
    }

    /// Returns the area that a model is limited to, or nil for a model without one, such as `global.`.
    public static func geography(ofModel model: String) -> Geography? {
        // An ARN ends in the name of the profile.
        let start = model.utf8.lastIndex(of: UInt8(ascii: "/")).map { model.utf8.index(after: $0) }
        let profile = model.utf8[(start ?? model.utf8.startIndex)...]
        guard let dot = profile.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let name = profile[..<dot]
        return geographies.first { $0.name.description.utf8.elementsEqual(name) }
    }

    /// From Bedrock's user guide, "Supported Regions and models for inference profiles" (source regions), and the
    /// members of `CrossRegionInferenceProfileRegion` of AWS's CDK; November 2026.
    private static let geographies = [
        Geography(name: "us", regions: ["us-", "ca-"], except: ["us-gov-", "us-iso"]),
        Geography(name: "us-gov", regions: ["us-gov-"]),
        Geography(name: "eu", regions: ["eu-", "il-"], except: ["eu-iso"]),
        Geography(name: "apac", regions: ["ap-", "me-"]),
        Geography(name: "jp", regions: ["ap-northeast-1", "ap-northeast-3"]),
        Geography(name: "au", regions: ["ap-southeast-2", "ap-southeast-4", "ap-southeast-6"]),
        Geography(name: "ca", regions: ["ca-"]),
    ]

    /// `dnsSuffix` and `dualStackDnsSuffix` of each partition in botocore's `partitions.json`.
    private static let suffixes: [StaticString] = [
        ".amazonaws.com", ".api.aws", ".amazonaws.com.cn", ".api.amazonwebservices.com.cn", ".amazonaws.eu",
        ".api.amazonwebservices.eu", ".c2s.ic.gov", ".api.aws.ic.gov", ".sc2s.sgov.gov", ".api.aws.scloud",
        ".cloud.adc-e.uk", ".api.cloud-aws.adc-e.uk", ".csp.hci.ic.gov", ".api.aws.hci.ic.gov",
    ]
}
