import RosterBytes

extension PercentEncoding {
    /// Returns the decoded segments of a path, or nil when a `%` is not followed by two hex digits.
    static func decodedSegments(of path: String) -> [[UInt8]]? {
        var segments: [[UInt8]] = []
        for segment in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let decoded = decode(segment) else { return nil }
            segments.append(decoded)
        }
        return segments
    }
}
