import RosterModel

/// Which entries of one `allowedHosts` let a key go where those of another do not.
enum HostCoverage {
    /// Entries of `hosts` that none of `others` admits as a whole; an entry that cannot be read counts by its text.
    static func uncovered(_ hosts: [String], by others: [String]) -> [String] {
        let known = Set(others)
        let read = others.compactMap { try? AllowedHost($0) }
        return hosts.filter { text in
            guard !known.contains(text) else { return false }
            guard let host = try? AllowedHost(text) else { return true }
            return !read.contains { covers($0, host) }
        }
    }

    /// Whether whatever `narrow` admits, `wide` admits too.
    private static func covers(_ wide: AllowedHost, _ narrow: AllowedHost) -> Bool {
        guard wide.port == narrow.port || wide.port == nil && narrow.host.isLoopback else { return false }
        guard narrow.pathPrefix.hasPrefix(wide.pathPrefix) else { return false }
        if wide.isWildcard == narrow.isWildcard { return wide.host == narrow.host }
        guard wide.isWildcard, case .name(let suffix) = wide.host, case .name(let name) = narrow.host,
            name.hasSuffix("." + suffix)
        else { return false }
        return !name.dropLast(suffix.count + 1).contains(".")
    }
}
