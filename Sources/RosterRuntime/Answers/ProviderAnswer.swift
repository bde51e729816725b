/// A provider's answer, unchanged.
public struct ProviderAnswer: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The headers, in the order of the answer.
    public let headers: [(name: String, value: String)]
    /// The body, decoded.
    public let body: [UInt8]

    /// Creates an answer from that of another HTTP client.
    ///
    /// - Parameters:
    ///   - status: the HTTP status.
    ///   - headers: the headers in their order.
    ///   - body: the body, after any content coding was taken off.
    public init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of that name, in lower case.
    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
}
