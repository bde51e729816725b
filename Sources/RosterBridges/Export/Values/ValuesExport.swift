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

    /// Appends the values of a provider, whose endpoint must be its own.
    ///
    /// - Throws: `ProviderFailure` when the key may not be sent to the provider, and `EditFailure`.
    package mutating func append(_ provider: ExportedProvider, _ endpoint: borrowing OpenEndpoint) throws {
        switch format {
        case .dotenv: try appendVariables(of: provider, endpoint)
        default: try appendSecret(of: provider, endpoint)
        }
    }

    /// Appends the values of a provider that uses the host's own AWS identity, without that identity.
    ///
    /// - Throws: `EditFailure`.
    package mutating func appendWithoutKey(_ provider: ExportedProvider) throws(EditFailure) {
        findings.append(.omitted("the key", of: provider, "it is the AWS identity of this machine"))
        if format == .dotenv { try appendPlainVariables(of: provider) }
    }

    /// Moves the file to its path.
    package consuming func finish() throws(EditFailure) { try file.finish() }

    // MARK: - Variables

    private mutating func appendVariables(
        of provider: ExportedProvider,
        _ endpoint: borrowing OpenEndpoint
    ) throws {
        try appendPlainVariables(of: provider)
        try unsafe endpoint.withKey { suffix, part in
            try unsafe appendVariable(provider, suffix, part, "the key")
        }
    }

    private mutating func appendPlainVariables(of provider: ExportedProvider) throws(EditFailure) {
        try file.write(Array("\n# \(provider.name)\n".utf8))
        for (suffix, value) in provider.plainVariables {
            try unsafe Array(value.utf8).span.withUnsafeBytes { (value) throws(EditFailure) in
                try unsafe appendVariable(provider, suffix, value, provider.prefix.name(suffix))
            }
        }
    }

    private mutating func appendVariable(
        _ provider: ExportedProvider,
        _ suffix: VariablePrefix.Suffix,
        _ value: UnsafeRawBufferPointer,
        _ part: String
    ) throws(EditFailure) {
        guard unsafe !DotenvText.isLost(value) else {
            let reason = "readers of such files change it in any quotes"
            return findings.append(.omitted(part, of: provider, reason))
        }
        try file.write(Array("\(provider.prefix.name(suffix))=".utf8))
        try unsafe DotenvText.write(value) { (piece) throws(EditFailure) in try unsafe file.write(piece) }
        try file.write([UInt8(ascii: "\n")])
    }

    // MARK: - Secrets of Kubernetes

    /// The member of a secret that Envoy AI Gateway reads.
    private static let memberForEnvoy = "apiKey"

    private mutating func appendSecret(of provider: ExportedProvider, _ endpoint: borrowing OpenEndpoint) throws {
        guard endpoint.hasKey else { return }
        let head = KubernetesExport.object("v1", "Secret", provider.objectName, [("type", "Opaque")])
        try file.write(Array(("---\n" + ValueText.document(head) + "data:\n").utf8))
        var profile = try CredentialsProfile()
        try unsafe endpoint.withKey { suffix, part in
            try unsafe appendMember(suffix.rawValue, part)
            if suffix == .apiKey {
                try unsafe appendMember(Self.memberForEnvoy, part)
            } else {
                try unsafe profile.append(suffix, part)
            }
        }
        guard profile.bytes.count > 0 else { return }
        try unsafe profile.bytes.withBytes { try unsafe appendMember("credentials", $0) }
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

/// A credentials file of AWS in secret memory, as Envoy AI Gateway reads it.
private struct CredentialsProfile: ~Copyable {
    private(set) var bytes: SecretBytes

    init() throws { bytes = try SecretBytes(zeroes: 0) }

    mutating func append(_ suffix: VariablePrefix.Suffix, _ value: UnsafeRawBufferPointer) throws {
        let section = bytes.count == 0 ? "[default]\n" : ""
        let head = Array("\(section)\(suffix.rawValue.lowercased()) = ".utf8)
        let count = bytes.count
        var longer = try SecretBytes(zeroes: count + head.count + value.count + 1)
        unsafe longer.withMutableBytes { longer in
            unsafe bytes.withBytes { unsafe longer.copyMemory(from: $0) }
            unsafe UnsafeMutableRawBufferPointer(rebasing: longer[count...]).copyBytes(from: head)
            unsafe UnsafeMutableRawBufferPointer(rebasing: longer[(count + head.count)...]).copyMemory(from: value)
            unsafe longer[longer.count - 1] = UInt8(ascii: "\n")
        }
        bytes = longer
    }
}
