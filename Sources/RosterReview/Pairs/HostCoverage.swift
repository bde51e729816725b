import RosterModel

/// Compares the hosts of two `allowedHosts`.
enum HostCoverage {
    /// Returns the entries of `hosts` that none of `others` covers.
    static func uncovered(_ hosts: [AllowedHost], by others: [AllowedHost]) -> [AllowedHost] {
        let known = Set(others)
        return hosts.filter { host in !known.contains(host) && !others.contains { $0.covers(host) } }
    }
}
