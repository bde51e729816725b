import RosterModel
import SealedBoxes

/// The environment of a program that uses a provider through the provider's own SDK.
package struct ExecEnvironment: ~Copyable {
    /// A variable that is set.
    package struct Variable: Sendable {
        /// The name.
        package let name: String
        /// The value as it may be seen: `[redacted]` for a key.
        package let shown: String
    }

    /// In the order in which they are set.
    package let variables: [Variable]
    /// `NAME=value` with a NUL behind each, the keys among them.
    private let block: SecretBytes
    private let offsets: [Int]

    fileprivate init(_ variables: [Variable], _ block: consuming SecretBytes, _ offsets: [Int]) {
        self.variables = variables
        self.block = block
        self.offsets = offsets
    }

    /// Lends the whole environment, with a null pointer at its end, for `execve` to copy.
    package func withPointers<Result>(
        inheriting environment: UnsafePointer<UnsafeMutablePointer<CChar>?>,
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        unsafe block.withBytes { bytes in
            var pointers: [UnsafeMutablePointer<CChar>?] = unsafe []
            var index = 0
            while let entry = unsafe environment[index] {
                if unsafe !Self.isRemoved(UnsafePointer(entry)) { unsafe pointers.append(entry) }
                index += 1
            }
            for offset in offsets {
                let start = unsafe bytes.baseAddress.map { unsafe UnsafeMutableRawPointer(mutating: $0 + offset) }
                unsafe pointers.append(unsafe start?.assumingMemoryBound(to: CChar.self))
            }
            unsafe pointers.append(nil)
            return unsafe body(pointers)
        }
    }

    /// Whether a variable of the caller's is not passed on.
    private static func isRemoved(_ entry: UnsafePointer<CChar>) -> Bool {
        unsafe isRemoved(String(cString: entry).prefix { $0 != "=" })
    }

    /// Whether a variable is taken out of the environment, if it is not set anew.
    ///
    /// What a provider does not set must not be left over from another one; an identity is for Roster alone; and some
    /// variables send an SDK elsewhere, or give it another credential.
    package static func isRemoved(_ name: Substring) -> Bool {
        set.contains(String(name)) || name.hasPrefix("AWS_ENDPOINT_URL")
    }

    private static let set: Set<String> = Set(
        ProviderSlug.allCases.flatMap { $0.facts.environment.names.map(\.description) } + [
            "ROSTER_PROVIDER_ID", "ROSTER_MODEL", "ROSTER_IDENTITY", "ROSTER_IDENTITY_FILE", "CREDENTIALS_DIRECTORY",
            "OPENAI_API_BASE", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_CUSTOM_HEADERS", "AWS_PROFILE", "AWS_CONFIG_FILE",
            "AWS_SHARED_CREDENTIALS_FILE", "GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_APPLICATION_CREDENTIALS",
            "AZURE_OPENAI_AD_TOKEN",
        ]
    )
}

extension OpenEndpoint {
    /// The variables that the provider's own SDK reads, and the provider's id and model.
    package func environment() throws(ProviderFailure) -> ExecEnvironment {
        var writer = EnvironmentWriter()
        let record = provider.record
        let names = facts.environment
        for variable in names.configured {
            guard let value = record.config?[variable.config.description]?.string else { continue }
            guard !value.utf8.contains(0) else {
                throw ProviderFailure(.endpoint, "config.\(variable.config) of \(provider.name) holds a NUL")
            }
            writer.add(variable.name.description, value)
        }
        if let name = names.baseURL { writer.add(name.description, sdkBaseURL(names.baseURLForm)) }
        writer.add("ROSTER_PROVIDER_ID", record.id.description)
        writer.add("ROSTER_MODEL", record.defaultModel)
        switch credential {
        case .none: return try writer.finish()
        case .key(let key):
            let range = [0..<key.count]
            return try writer.finish(names.keys.flatMap { _ in range }, names.keys, key)
        case .signing(let key):
            guard let signing = names.signing else { return try writer.finish() }
            let ranges = key.ranges
            var variables = [signing.accessKeyID, signing.secretAccessKey]
            if ranges.count > 2 { variables.append(signing.sessionToken) }
            return try writer.finish(ranges, variables, try key.joined())
        }
    }

    /// Whether the provider has a `baseUrl` that no variable tells its SDK.
    package var hasUntoldBaseURL: Bool { facts.environment.baseURL == nil && provider.record.baseURL != nil }

    private func sdkBaseURL(_ form: SlugEnvironment.BaseURLForm) -> String {
        var path = endpoint.base.path
        switch form {
        case .whole: break
        case .withoutSuffix:
            let suffix = facts.suffix.description
            if path.hasSuffix(suffix) { path.removeLast(suffix.count) }
        case .withoutVersion:
            if let slash = path.lastIndex(of: "/"), path[slash...].hasPrefix("/v") { path = String(path[..<slash]) }
        }
        return "\(endpoint.base.origin)\(path)"
    }
}

/// Puts `NAME=value` together, the keys last and never outside secret memory.
private struct EnvironmentWriter {
    private var plain: [UInt8] = []
    private var offsets: [Int] = []
    private var variables: [ExecEnvironment.Variable] = []

    mutating func add(_ name: String, _ value: String) {
        offsets.append(plain.count)
        plain += Array("\(name)=\(value)".utf8) + [0]
        variables.append(ExecEnvironment.Variable(name: name, shown: value))
    }

    func finish() throws(ProviderFailure) -> ExecEnvironment {
        do { return try finish([], [], SecretBytes(zeroes: 0)) } catch { throw .noMemory }
    }

    /// With variables whose values are ranges of a secret.
    func finish(
        _ ranges: [Range<Int>],
        _ names: [StaticString],
        _ secret: borrowing SecretBytes
    ) throws(ProviderFailure) -> ExecEnvironment {
        var (offsets, variables) = (offsets, variables)
        var position = plain.count
        var heads: [(text: [UInt8], offset: Int, range: Range<Int>)] = []
        for (name, range) in zip(names, ranges) {
            offsets.append(position)
            variables.append(ExecEnvironment.Variable(name: name.description, shown: KeyEraser.mark))
            heads.append((Array("\(name)=".utf8), position, range))
            position += name.utf8CodeUnitCount + 1 + range.count + 1
        }
        var block: SecretBytes
        do { block = try SecretBytes(zeroes: position) } catch { throw .noMemory }
        unsafe block.withMutableBytes { block in
            unsafe block.copyBytes(from: plain)
            unsafe secret.withBytes { secret in
                for head in heads {
                    let value = head.offset + head.text.count
                    unsafe UnsafeMutableRawBufferPointer(rebasing: block[head.offset...]).copyBytes(from: head.text)
                    unsafe UnsafeMutableRawBufferPointer(rebasing: block[value...]).copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: secret[head.range])
                    )
                }
            }
        }
        return ExecEnvironment(variables, block, offsets)
    }
}

extension SigningKey {
    /// Where its parts lie in ``joined()``; two of them without a session token.
    fileprivate var ranges: [Range<Int>] {
        let first = accessKeyID.count
        let second = first + secretAccessKey.count
        let third = second + sessionToken.count
        return [0..<first, first..<second] + (third > second ? [second..<third] : [])
    }

    /// Its parts one behind the other.
    fileprivate func joined() throws(ProviderFailure) -> SecretBytes {
        let second = accessKeyID.count + secretAccessKey.count
        var joined: SecretBytes
        do { joined = try SecretBytes(zeroes: second + sessionToken.count) } catch { throw .noMemory }
        unsafe joined.withMutableBytes { buffer in
            unsafe accessKeyID.copy(to: buffer, at: 0)
            unsafe secretAccessKey.copy(to: buffer, at: accessKeyID.count)
            unsafe sessionToken.copy(to: buffer, at: second)
        }
        return joined
    }
}
