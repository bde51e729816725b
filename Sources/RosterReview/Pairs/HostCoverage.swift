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
            return !read.contains { $0.covers(host) }
        }
    }
}
