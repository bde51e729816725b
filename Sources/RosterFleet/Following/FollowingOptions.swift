package import RosterModel
package import RosterPublication

/// The options of following publications.
package struct FollowingOptions: Sendable {
    package var channel: Channel
    /// The seconds by which clocks may differ.
    package var skew: Int64
    /// The time before which no publication may have been issued.
    package var notBefore: Timestamp?
    /// The maximum number of bytes of a registry.
    package var registryLimit: Int
    /// The largest number of threads that check records.
    package var concurrency: Int

    package init(
        channel: Channel = .main,
        skew: Int64 = 300,
        notBefore: Timestamp? = nil,
        registryLimit: Int = PublicationLimits.registry,
        concurrency: Int = 1
    ) {
        (self.channel, self.skew, self.notBefore) = (channel, skew, notBefore)
        (self.registryLimit, self.concurrency) = (registryLimit, concurrency)
    }
}
