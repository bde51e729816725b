import RosterModel

/// Compares the hosts of two `allowedHosts`.
enum HostCoverage {
    /// Returns the entries of `hosts` that none of `others` covers; entries that cannot be parsed are compared by their
    /// text.
    static func uncovered(_ hosts: [String], by others: [String]) -> [String] {
        let known = Set(others)
        let read = others.compactMap { try? AllowedHost($0) }
        return hosts.filter { text in
            guard !known.contains(text) else { return false }
            guard let host = try? AllowedHost(text) else { return true }
            return !read.contains { $0.covers(host) }
        }
    }
}
