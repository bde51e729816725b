import RosterBytes
import RosterJSON
import RosterModel
import SealedBoxes

/// The environment of a program that uses a provider through the provider's own SDK.
package struct ExecEnvironment: ~Copyable {
    /// A variable that is set.
    package struct Variable: Sendable {
        /// The name.
        package let name: String
        /// The value to show: `[redacted]` for a key.
        package let shown: String
    }

    /// The variables, in the order in which they are set.
    package let variables: [Variable]
    private let inherited: InheritedVariables
    /// `NAME=value` with a NUL after each, the keys among them.
    private let block: SecretBytes
    private let offsets: [Int]

    fileprivate init(
        _ variables: [Variable],
        _ inherited: InheritedVariables,
        _ block: consuming SecretBytes,
        _ offsets: [Int]
    ) {
        self.variables = variables
        self.inherited = inherited
        self.block = block
        self.offsets = offsets
    }

    /// Calls a closure with the whole environment, with a null pointer at its end, for `execve` to copy.
    package func withPointers<Result>(
        inheriting environment: UnsafePointer<UnsafeMutablePointer<CChar>?>,
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let set = Set(variables.map(\.name))
        return unsafe block.withBytes { bytes in
            var pointers: [UnsafeMutablePointer<CChar>?] = unsafe []
            var index = 0
            while let entry = unsafe environment[index] {
                let name = unsafe Self.name(of: entry)
                if inherited.contains(name[...]), !set.contains(name) { unsafe pointers.append(entry) }
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
}

extension ExecEnvironment {
    /// Returns the part of an entry that precedes the first `=`.
    ///
    /// Bytes are compared: a `=` with a combining mark after it is a different character.
    private static func name(of entry: UnsafePointer<CChar>) -> String {
        var count = 0
        while unsafe entry[count] != 0, unsafe entry[count] != CChar(UInt8(ascii: "=")) { count += 1 }
        return unsafe entry.withMemoryRebound(to: UInt8.self, capacity: count) { start in
            unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
        }
    }
}

extension OpenEndpoint {
    /// Returns the variables that the provider's own SDK reads, and the provider's id and model.
    ///
    /// - Throws: ``ProviderFailure`` when the SDK would send requests to a URL that the secret does not allow, or when
    ///   a value cannot be a variable.
    package func environment() throws(ProviderFailure) -> ExecEnvironment {
        let record = provider.record
        let names = facts.environment
        let base = SDKBaseURL(endpoint, record.slug)
        try check(endpoint.base.origin, path: base.chatPath)
        var writer = EnvironmentWriter(provider.name, InheritedVariables(origin: endpoint.base.origin))
        for variable in names.configured {
            guard let value = record.config?[variable.config.description]?.string else { continue }
            try writer.add(variable.name.description, value, from: "config.\(variable.config)")
        }
        if let name = names.baseURL { try writer.add(name.description, base.text, from: "baseUrl") }
        if let name = names.version { try writer.add(name.description, base.version, from: "baseUrl") }
        let undated = endpoint.chat.query.isEmpty ? names.undatedClient : nil
        if let undated { try writer.add(undated.baseURL.description, "\(endpoint.base)", from: "baseUrl") }
        if !isBaseURLOfAWS {
            for name in names.endpointURLs { try writer.add(name.description, base.text, from: "baseUrl") }
        }
        try writer.add("ROSTER_PROVIDER_ID", record.id.description, from: "id")
        try writer.add("ROSTER_MODEL", record.defaultModel, from: "defaultModel")
        switch credential {
        case .none:
            if let placeholder = names.keyWithoutSecret {
                for name in names.keys { try writer.add(name.description, placeholder.description, from: "secret") }
            }
            return try writer.finish()
        case .key(let key):
            let keys = names.keys + [undated?.key].compactMap(\.self)
            return try writer.finish(keys.map { _ in 0..<key.count }, keys, key)
        case .signing(let key):
            guard let signing = names.signing else { return try writer.finish() }
            let ranges = key.ranges
            var variables = [signing.accessKeyID, signing.secretAccessKey]
            if ranges.count > 2 { variables.append(signing.sessionToken) }
            return try writer.finish(ranges, variables, try key.joined())
        }
    }

    /// A sentence about SDKs that need more than these variables to use the URL of `ping`; nil when all use it.
    package var baseURLNote: String? {
        switch provider.record.slug {
        case .bedrock where !isBaseURLOfAWS:
            "only AWS's own SDKs take the provider's baseUrl from a variable: pass it to any other"
        case .xai where facts.defaultURL(config: nil)?.origin == endpoint.base.origin:
            "no SDK reads XAI_BASE_URL: pass it to OpenAI's as base_url; the xai-sdk package uses gRPC"
        case .xai:
            "no SDK reads XAI_BASE_URL: pass it to OpenAI's as base_url, and to the xai-sdk package "
                + "api_host=\"\(endpoint.base.origin.host)\""
        case .google where SDKBaseURL(endpoint, .google).chatPath != endpoint.chat.path:
            "Google's SDK does not encode the / of the model, and asks \(SDKBaseURL(endpoint, .google).chatPath), "
                + "not the path of roster ping"
        default: nil
        }
    }

    /// A Boolean value that indicates whether AWS's SDKs derive the base URL from the region.
    ///
    /// They have other hosts than Roster for regions outside of AWS's main partition.
    private var isBaseURLOfAWS: Bool {
        let record = provider.record
        guard record.baseURL == nil, let region = record.config?["region"]?.string else { return false }
        return !["cn-", "us-iso", "eu-iso", "eusc-"].contains { region.hasPrefix($0) }
    }
}

/// A builder of `NAME=value` entries; the keys come last and are never outside secret memory.
private struct EnvironmentWriter {
    private let provider: String
    private let inherited: InheritedVariables
    private var plain: [UInt8] = []
    private var offsets: [Int] = []
    private var variables: [ExecEnvironment.Variable] = []

    init(_ provider: String, _ inherited: InheritedVariables) {
        self.provider = provider
        self.inherited = inherited
    }

    /// Adds a variable whose value comes from a field of the provider.
    ///
    /// A NUL would end the value, and a line break would start another header in a client that sends the value as one.
    mutating func add(_ name: String, _ value: String, from field: String) throws(ProviderFailure) {
        guard value.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw ProviderFailure(
                .endpoint,
                "\(field) of \(provider) has a control character, which \(name) cannot hold",
                help: "remove the line break or control character from \(field)"
            )
        }
        if name.hasSuffix("_REGION"), !value.utf8.allSatisfy({ $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }) {
            // SDKs make a host of it.
            throw ProviderFailure(
                .endpoint,
                "\(field) of \(provider) is not the name of a region",
                help: "write it as AWS does: eu-central-1"
            )
        }
        offsets.append(plain.count)
        plain += Array("\(name)=\(value)".utf8) + [0]
        variables.append(ExecEnvironment.Variable(name: name, shown: value))
    }

    func finish() throws(ProviderFailure) -> ExecEnvironment {
        do { return try finish([], [], SecretBytes(zeroes: 0)) } catch { throw .noMemory }
    }

    /// Creates the environment with variables whose values are ranges of a secret.
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
        return ExecEnvironment(variables, inherited, block, offsets)
    }
}

extension SigningKey {
    /// The ranges of its parts in ``joined()``; two without a session token.
    fileprivate var ranges: [Range<Int>] {
        let first = accessKeyID.count
        let second = first + secretAccessKey.count
        let third = second + sessionToken.count
        return [0..<first, first..<second] + (third > second ? [second..<third] : [])
    }

    /// Returns its parts, concatenated.
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
