import ArgumentParser

/// The options of requests to the places of publications.
struct RemoteOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Trust the root certificates of this PEM file, and no others.", valueName: "file"))
    var ca: String?

    @Option(help: ArgumentHelp("The client's certificate for TLS, as PEM.", valueName: "file"))
    var clientCert: String?

    @Option(help: ArgumentHelp("The private key of --client-cert, as PEM.", valueName: "file"))
    var clientKey: String?

    @Option(
        help: ArgumentHelp(
            "Credentials of OCI registries, as docker login writes them (default: config.json of DOCKER_CONFIG).",
            valueName: "file"
        )
    )
    var authFile: String?

    @Flag(name: .customLong("plain-http"), help: "Send requests without TLS; hosts on loopback need no flag.")
    var isPlainHTTP = false

    /// The names of the options that are given.
    var givenNames: [String] {
        var names: [String] = []
        if ca != nil { names.append("--ca") }
        if clientCert != nil { names.append("--client-cert") }
        if authFile != nil { names.append("--auth-file") }
        if isPlainHTTP { names.append("--plain-http") }
        return names
    }

    func validate() throws {
        guard (clientCert == nil) == (clientKey == nil) else {
            throw ValidationError("--client-cert and --client-key go together.")
        }
    }
}
