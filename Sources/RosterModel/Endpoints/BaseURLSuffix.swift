import RosterBytes
import RosterJSON

/// The suffix of the path of base URLs, which is appended to a `baseUrl` without it.
extension SlugFacts {
    /// A setting that chooses the version of the API by its path.
    struct PathVersion {
        var setting: EndpointSetting
        var value: String
    }

    /// Returns the setting that replaces the slug's own ``suffix``, or nil when `config` does not have it.
    func pathVersion(config: JSONObject?) -> PathVersion? {
        guard let setting = endpointSettings.first(where: { $0 == .version || $0 == .apiVersion }) else { return nil }
        return config?[setting.name]?.string.map { PathVersion(setting: setting, value: $0) }
    }

    /// Returns the suffix of the path of base URLs.
    func suffix(_ version: PathVersion?) -> String {
        guard let version else { return suffix.description }
        return version.setting == .version ? "/" + version.value : datedAPI?.suffix.description ?? ""
    }

    /// Appends the suffix to a `baseUrl` whose path does not end in it.
    ///
    /// A version at the end of google's `baseUrl` is the author's choice, and is kept. With `apiVersion`, the path of
    /// azure's other API at the end is replaced.
    func appendSuffix(_ version: PathVersion?, to url: inout BaseURL) {
        if version == nil, suffix.isSuffix(of: url.path) { return }
        let suffix = suffix(version)
        if endpointSettings.contains(.version), Endpoint.isVersion(url.lastSegment) { return }
        if datedAPI != nil, version != nil, self.suffix.isSuffix(of: url.path) {
            url.path = String(url.path.utf8.dropLast(self.suffix.utf8CodeUnitCount)) ?? url.path
        }
        guard !url.path.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else { return }
        url.path += suffix
    }

    /// A description of the part that is appended to a `baseUrl`, for the documentation and the schema.
    public var appendedDescription: String {
        if endpointSettings.contains(.version) {
            return "\(suffix), or / and config.version, unless the URL ends in a version such as v1beta"
        }
        if let datedAPI { return "\(suffix), or \(datedAPI.suffix) with config.\(EndpointSetting.apiVersion.name)" }
        return suffix.utf8CodeUnitCount == 0 ? "nothing" : suffix.description
    }

    /// The slugs of each ``appendedDescription``, in the order of the format.
    public static let appendedGroups: [(words: String, slugs: [String])] = {
        var groups: [(words: String, slugs: [String])] = []
        for facts in ProviderSlug.table {
            let words = facts.appendedDescription
            if let index = groups.firstIndex(where: { $0.words == words }) {
                groups[index].slugs.append(facts.slug.rawValue)
            } else {
                groups.append((words, [facts.slug.rawValue]))
            }
        }
        return groups
    }()
}

extension BaseURL {
    /// The part of the path after its last `/`.
    var lastSegment: Substring {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] } ?? path[...]
    }
}
