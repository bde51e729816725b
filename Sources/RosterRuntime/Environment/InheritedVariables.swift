package import RosterModel

/// The variables of the caller's environment that a program under `exec` inherits.
///
/// A variable through which an SDK takes a credential, a destination, a header, an API version, a profile or an
/// identity federation would override the sealed key, or redirect it. Variables are therefore removed by the prefixes
/// of the vendors, and kept by a list: what the next release of an SDK reads is removed too. A test enumerates what the
/// installed SDKs read.
package struct InheritedVariables: Sendable {
    private var origins: [Origin]
    /// Other names that are removed, in upper case.
    private var others: Set<String> = []

    /// Creates the rules for a program whose SDK sends requests to `origin`.
    package init(origin: Origin) { self.init(origins: [origin]) }

    /// Creates the rules for a program whose SDKs send requests to several origins.
    init(origins: [Origin]) { self.origins = origins }

    /// Also removes what the rules of another environment remove.
    mutating func formIntersection(_ other: InheritedVariables) {
        for origin in other.origins where !origins.contains(origin) { origins.append(origin) }
        others.formUnion(other.others)
    }

    /// Also removes some variables.
    mutating func remove(_ names: [String]) { for name in names { others.insert(name.uppercased()) } }

    /// Returns whether a program inherits a variable.
    ///
    /// - Parameter name: a name, in any case.
    /// - Returns: true when the program gets it as it is.
    package func contains(_ name: Substring) -> Bool {
        let name = name.uppercased()
        if name.hasSuffix("_PROXY") { return origins.allSatisfy { Self.mayBeProxy(name, of: $0) } }
        if Self.removed.contains(name) || others.contains(name) { return false }
        guard Self.prefixes.contains(where: { name.hasPrefix($0) }) else { return true }
        return Self.kept.contains { $0.name == name }
    }

    /// Returns whether the variables with a prefix are, or may become, those of an SDK.
    package static func isRead(_ prefix: VariablePrefix) -> Bool {
        let name = prefix.name(.apiKey).uppercased()
        return prefixes.contains { name.hasPrefix($0) }
    }

    /// Returns whether requests may go through the proxy that a variable names, as those of `ping` do.
    ///
    /// A proxy of `https` sees a tunnel. With plain `http` it would see the key, and to a proxy `localhost` is another
    /// machine.
    private static func mayBeProxy(_ name: String, of origin: Origin) -> Bool {
        if name == "NO_PROXY" { return true }
        if origin.scheme == .http { return name == "HTTPS_PROXY" }
        return !origin.host.isLoopback
    }

    /// A variable that is kept although it begins with the prefix of a vendor.
    package struct Kept: Sendable {
        /// The name, in upper case.
        package let name: String
        /// The reason why it neither replaces a credential nor redirects it.
        package let reason: String
    }

    /// The prefixes of the vendors' own variables.
    package static let prefixes = [
        "OPENAI_", "AZURE_OPENAI_", "ANTHROPIC_", "GROQ_", "XAI_", "OLLAMA_",
        // Google: Gemini, Vertex AI, the command line tool, and the metadata server.
        "GOOGLE_", "GEMINI_", "GCLOUD_", "GCE_", "CLOUDSDK_", "CLOUD_ML_",
        "AWS_", "BOTO_", "BOTOCORE_",
        // The transport of xAI's SDK, which also reads proxies and resolvers from its own variables.
        "GRPC_",
    ]

    /// Variables without such a prefix.
    package static let removed: Set<String> = identities.union([
        "ROSTER_PROVIDER_ID", "ROSTER_MODEL",
        // A file of passwords, with which `requests` replaces a key.
        "NETRC",
        // A file that the keys of TLS sessions are written to, which open what was sent.
        "SSLKEYLOGFILE",
        // Turns the check of certificates off, so that an attacker in the network gets the key.
        "NODE_TLS_REJECT_UNAUTHORIZED",
        // Another source of Google credentials.
        "APPENGINE_RUNTIME",
    ])

    /// Variables that name an identity, which is for Roster alone.
    package static let identities: Set<String> = ["ROSTER_IDENTITY", "ROSTER_IDENTITY_FILE", "CREDENTIALS_DIRECTORY"]

    /// Variables that are kept, each with a reason.
    package static let kept = [
        Kept(name: "OPENAI_LOG", reason: "log level"),
        Kept(name: "ANTHROPIC_LOG", reason: "log level"),
        Kept(name: "GROQ_LOG", reason: "log level"),
        Kept(name: "GRPC_VERBOSITY", reason: "log level"),
        Kept(name: "ANTHROPIC_OPEN_TELEMETRY", reason: "turns traces off"),
        Kept(name: "ANTHROPIC_OPEN_TELEMETRY_PROPAGATION", reason: "turns the propagation of traces off"),
        Kept(name: "ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE", reason: "content of traces, never a key"),
        Kept(name: "ANTHROPIC_OPEN_TELEMETRY_TRACES_MAX_CONTENT_BYTES", reason: "size of traces"),
        Kept(name: "XAI_SDK_DISABLE_TRACING", reason: "turns traces off"),
        Kept(name: "XAI_SDK_DISABLE_SENSITIVE_TELEMETRY_ATTRIBUTES", reason: "turns attributes of traces off"),
        Kept(name: "AWS_MAX_ATTEMPTS", reason: "retries"),
        Kept(name: "AWS_RETRY_MODE", reason: "retries"),
        Kept(name: "AWS_NEW_RETRIES_2026", reason: "retries"),
        Kept(name: "AWS_EXECUTION_ENV", reason: "part of the user agent"),
        Kept(name: "AWS_CA_BUNDLE", reason: "trusted certificates, as SSL_CERT_FILE; the host is still checked"),
        Kept(
            name: "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
            reason: "trusted certificates, as SSL_CERT_FILE; the host is still checked"
        ),
    ]
}
