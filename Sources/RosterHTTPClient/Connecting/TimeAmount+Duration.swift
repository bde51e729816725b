package import NIOCore

extension TimeAmount {
    /// Far longer than a request may take, and far from the largest number of nanoseconds.
    private static let longest = Duration.seconds(366 * 86_400)

    /// Converts a duration; a negative one counts as zero, and one of more than a year as a year.
    package init(clamping duration: Duration) {
        let (seconds, attoseconds) = min(max(duration, .zero), Self.longest).components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
