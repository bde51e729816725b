/// How long a client waits, and how much it reads.
public struct ClientLimits: Sendable {
    /// For resolving the name, connecting and the TLS handshake together.
    public var connect: Duration = .seconds(10)
    /// For one request from first to last, its repetitions included.
    public var total: Duration = .seconds(60)
    /// The most bytes of one answer, decoded.
    public var answerBytes = 8 << 20
    /// The most pages of one list.
    public var pages = 100
    /// How often a request that was refused for now (429, 503) is sent again, when the provider says how long to wait.
    public var repetitions = 2

    /// The limits that Roster's commands keep.
    public init() {}
}
