import RosterModel
import YAMLSyntax

extension InvalidValue {
    /// Checks the keys of `config` that Roster itself uses.
    ///
    /// - Returns: those that become part of a host or path; nil when one of them cannot be used.
    static func readHostParts(
        _ provider: ProviderDeclaration,
        _ facts: SlugFacts,
        _ config: ConfigNodes?,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> JSONObject? {
        if case .invalid = provider.config { return nil }
        guard let config else { return JSONObject([]) }
        var parts: [JSONObject.Member] = []
        var areUsable = true
        for (name, pattern) in hostParts(facts) {
            guard let node = config.value(name, in: tree), !Shape.isNull(node, in: tree) else { continue }
            guard Value.check(node, .text(maximum: 63), name: "config.\(name)", in: tree, &findings) else {
                areUsable = false
                continue
            }
            let text = tree.text(of: node)
            guard !pattern.matches(text) else {
                parts.append(JSONObject.Member(name: name, value: .string(text)))
                continue
            }
            areUsable = false
            findings.report(
                Self.self,
                at: tree[node].span,
                "\(quoted(text)) is no \(pattern.title)",
                help: pattern.help
            )
        }
        if facts.sendsConfiguredHeaders, let headers = config.value("headers", in: tree) {
            checkHeaders(headers, in: tree, &findings)
        }
        return areUsable ? JSONObject(parts) : nil
    }

    /// The keys under `config` that become part of a host or path.
    private static func hostParts(_ facts: SlugFacts) -> [(String, ConfigPattern)] {
        switch facts.slug {
        case .azure: [("resourceName", .resourceName)]
        case .bedrock, .xai: [("region", .region)]
        case .google: [("version", .version)]
        default: []
        }
    }

    private static func checkHeaders(
        _ headers: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) {
        guard !Shape.isNull(headers, in: tree),
            Value.check(headers, .freeMapping, name: "config.headers", in: tree, &findings)
        else { return }
        tree.forEachEntry(of: headers) { key, value in
            guard tree[key].isScalar else { return }
            let name = tree.text(of: key)
            // Names of keys are refused by `plaintext-key`.
            guard !KeyName.isKeyName(name) else { return }
            if let why = HeaderName.refusal(of: name) {
                findings.report(Self.self, at: tree[key].span, "the header \(quoted(name)) \(why)")
            } else if Value.check(value, .text(maximum: 8192), name: name, in: tree, &findings),
                !tree.text(of: value).utf8.allSatisfy({ (0x20...0x7E).contains($0) })
            {
                let message = "the value of the header \(quoted(name)) is not visible ASCII"
                findings.report(Self.self, at: tree[value].span, message)
            }
        }
    }
}

/// How a key of `config` that becomes part of a host or path is written.
private enum ConfigPattern {
    case region, resourceName, version

    var title: String {
        switch self {
        case .region: "region"
        case .resourceName: "resource name"
        case .version: "version"
        }
    }

    var help: String {
        switch self {
        case .region: "a region is written like eu-central-1"
        case .resourceName: "a resource name has 1 to 63 of a-z, 0-9 and hyphens, and no hyphen in front"
        case .version: "a version is written like v1 or v1beta"
        }
    }

    func matches(_ text: String) -> Bool {
        switch self {
        case .region:  // [a-z]{2}(-[a-z0-9]+)+
            let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            return parts.count >= 2 && parts[0].count == 2 && parts[0].allSatisfy { $0.isASCIILetter && $0 & 0x20 != 0 }
                && parts.dropFirst().allSatisfy { !$0.isEmpty && $0.allSatisfy(Self.isLowercaseOrDigit) }
        case .resourceName:  // [a-z0-9][a-z0-9-]{0,62}
            return (1...63).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "-")
                && text.utf8.allSatisfy { Self.isLowercaseOrDigit($0) || $0 == UInt8(ascii: "-") }
        case .version:
            return text.utf8.first == UInt8(ascii: "v") && text.utf8.dropFirst().first?.isASCIIDigit == true
                && text.utf8.allSatisfy(Self.isLowercaseOrDigit)
        }
    }

    private static func isLowercaseOrDigit(_ byte: UInt8) -> Bool {
        byte.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}
