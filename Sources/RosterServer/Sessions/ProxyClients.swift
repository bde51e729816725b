/// The proxies whose `X-Forwarded-For` is trusted.
struct ProxyClients: Sendable {
    private let proxies: [AddressNetwork]
    /// The number of addresses of the field that are read, from its end.
    private static let longestChain = 16

    /// Creates the rule of the trusted proxies; without any, a client's address is that of its connection.
    init(_ proxies: [AddressNetwork] = []) { self.proxies = proxies }

    /// Returns the address of the client that made a request.
    ///
    /// Each proxy appends the address of its client. From the end of the field, the first address that is not a trusted
    /// proxy's is the client's: what precedes it can be forged.
    func client(of request: Request) -> ClientAddress {
        guard isTrusted(request.peer) else { return request.peer }
        let chain = request.fields.values(of: "X-Forwarded-For").joined(separator: ",")
        var client = request.peer
        for part in chain.split(separator: ",", omittingEmptySubsequences: false).suffix(Self.longestChain).reversed() {
            let text = part.filter { $0 != " " && $0 != "\t" }
            let address = ClientAddress(text)
            // A value that is not an address was not written by a proxy that is set up for this.
            guard address != .unknown else { break }
            client = address
            guard isTrusted(client) else { break }
        }
        return client
    }

    private func isTrusted(_ address: ClientAddress) -> Bool { proxies.contains { $0.contains(address) } }
}
