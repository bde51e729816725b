/// The limits of a client's times and sizes.
public struct ClientLimits: Sendable {
    /// The time for resolving the name, connecting and the TLS handshake together.
    public var connect: Duration = .seconds(10)
    /// The time for one request, including its retries.
    public var total: Duration = .seconds(60)
    /// The most bytes of one answer, decoded.
    public var answerBytes = 8 << 20
    /// The most pages of one list.
    public var pages = 100
    /// The number of retries of a request that was refused temporarily (429, 503) with the time to wait.
    public var repetitions = 2

    /// Creates the limits that Roster's commands use.
    public init() {}
}
