extension Endpoint {
    /// The entries of `allowedHosts` that admit all requests, those for the list of models included.
    ///
    /// No entry appears twice, and none has a path prefix.
    public var allowedHosts: [String] {
        var hosts: [String] = []
        for host in origins.map(\.allowedHost) where !hosts.contains(host) { hosts.append(host) }
        return hosts
    }
}

extension Origin {
    /// The entry of `allowedHosts` that admits every path of this origin.
    public var allowedHost: String { port == scheme.defaultPort ? host.description : "\(host):\(port)" }
}
