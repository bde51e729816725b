import RosterBytes
package import RosterEditing
import RosterJSON
import RosterModel
package import RosterRuntime
import SealedBoxes

/// Exports that contain keys.
///
/// A key goes from secret memory to the file, piece by piece, and is never part of a text.
package struct ValuesExport: ~Copyable {
    private let format: ExportFormat
    private var file: AtomicFile
    /// The parts of providers that the file does not contain.
    package private(set) var findings: [ExportFinding] = []

    /// Starts an export of the values of providers.
    ///
    /// The format must have ``ExportFormat/hasValues``. The file should be private.
    package init(
        _ format: ExportFormat,
        _ providers: [ExportedProvider],
        to file: consuming AtomicFile
    ) throws(EditFailure) {
        self.format = format
        self.file = file
        var text = format.text(of: providers, &findings)
        if format == .dotenv { text = DotenvExport.head + "\n" }
        try self.file.write(Array(text.utf8))
    }

    /// Appends the values of a provider, which are those of `roster exec`.
    ///
    /// - Throws: `ProviderFailure` when a program that has the key would send it to a URL that the secret does not
    ///   allow, or when a value cannot be written, and `EditFailure`.
    package mutating func append(_ provider: ExportedProvider, _ endpoint: borrowing OpenEndpoint) throws {
        let environment = try endpoint.environment(.prefixed(provider.prefix))
        guard format == .dotenv else { return try appendSecret(of: provider, environment) }
        try file.write(Array("\n# \(provider.name)\n".utf8))
        let text = try environment.text(.dotenv, unsetting: [], providers: nil, delimiter: "")
        try unsafe text.withBytes { try unsafe file.write($0) }
    }

    /// Reports a provider whose key is the AWS identity of this machine.
    package mutating func leaveOutKey(of provider: ExportedProvider) {
        findings.append(.omitted("the key", of: provider, "it is the AWS identity of this machine"))
    }

    /// Moves the file to its path.
    package consuming func finish() throws(EditFailure) { try file.finish() }

    // MARK: - Secrets of Kubernetes

    /// The member of a secret that Envoy AI Gateway reads.
    private static let memberForEnvoy = "apiKey"

    private mutating func appendSecret(
        of provider: ExportedProvider,
        _ environment: borrowing ExecEnvironment
    ) throws {
        let keys = environment.variables.filter(\.isKey)
        guard !keys.isEmpty else { return }
        let head = KubernetesExport.object("v1", "Secret", provider.objectName, [("type", "Opaque")])
        try file.write(Array(("---\n" + ValueText.document(head) + "data:\n").utf8))
        var profile = try SecretBuffer()
        for suffix in VariablePrefix.Suffix.allCases {
            let name = provider.prefix.name(suffix)
            guard let key = keys.first(where: { $0.name == name }) else { continue }
            try unsafe environment.withValue(of: key) { value in
                try unsafe appendMember(suffix.rawValue, value)
                guard suffix != .apiKey else { return try unsafe appendMember(Self.memberForEnvoy, value) }
                try profile.append("\(profile.count == 0 ? "[default]\n" : "")\(suffix.rawValue.lowercased()) = ")
                try unsafe profile.append(value)
                try profile.append("\n")
            }
        }
        guard profile.count > 0 else { return }
        // A credentials file of AWS, as Envoy AI Gateway reads it.
        try unsafe profile.withBytes { try unsafe appendMember("credentials", $0) }
    }

    private mutating func appendMember(_ name: String, _ value: UnsafeRawBufferPointer) throws {
        var text = try SecretBytes(zeroes: CanonicalBase64.encodedLength(of: value.count))
        unsafe text.withMutableBytes { text in
            let bytes = unsafe value.bindMemory(to: UInt8.self)
            unsafe CanonicalBase64.encode(bytes.span, into: text.bindMemory(to: UInt8.self))
        }
        try file.write(Array("  \(name): \"".utf8))
        try unsafe text.withBytes { try unsafe file.write($0) }
        try file.write(Array("\"\n".utf8))
    }
}
