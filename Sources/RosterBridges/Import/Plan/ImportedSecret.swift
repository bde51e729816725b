import RosterBytes
import RosterEditing
import RosterModel
import SealedBoxes

/// A secret that an import creates or uses: one for equal keys and hosts.
package struct ImportedSecret: Sendable {
    /// The state of a secret after the import.
    package enum State: Sendable, Equatable {
        /// The repository has it.
        case existing
        /// Its value is sealed in the same edit.
        case sealed
        /// Its value is not known; the command seals it.
        case pending(command: String)
    }

    var key: ImportedKey
    /// The hosts of the requests that have it.
    var hosts: [String]
    var slugs: Set<ProviderSlug>
    /// The fields of the first provider that links it.
    var fields: ImportedProvider
    /// The name of the first provider with the key, for a key without a variable.
    private let owner: String
    /// The project's handle.
    var project = ""
    /// The handle.
    package var handle = ""
    /// `<project>/<handle>`.
    package var fullName: String { project + "/" + handle }
    /// The state.
    package var state = State.existing
    /// The report of the sealing, line by line.
    package var lines: [String] = []

    init(
        key: ImportedKey,
        hosts: [String],
        slugs: Set<ProviderSlug>,
        fields: ImportedProvider,
        named owner: ImportedProvider
    ) {
        (self.key, self.hosts, self.slugs, self.fields) = (key, hosts, slugs, fields)
        self.owner = owner.names.first ?? owner.model
    }

    /// The name for people, by which a later import finds the secret under another handle.
    var label: String {
        key.variables.first ?? Self.labelPrefix + owner
    }

    /// The beginning of the label of a key that was in the clear.
    static let labelPrefix = "the key of "

    /// The handle of the secret where no other secret has it.
    var usualHandle: String {
        var handle = ""
        for byte in (key.variables.first ?? owner).lowercased().utf8 {
            if byte.isASCIILowercaseLetterOrDigit {
                handle.unicodeScalars.append(Unicode.Scalar(byte))
            } else if handle.utf8.last != UInt8(ascii: "-") {
                handle += "-"
            }
        }
        handle = String(handle.drop { $0 == "-" }.prefix(Handle.maximumLength - 20))
        while handle.last == "-" { handle.removeLast() }
        return handle.isEmpty ? fields.slug.rawValue + "-key" : handle
    }

    /// Returns the command that seals the value later.
    var command: String {
        let seal = ShellCommand.seal(fullName, for: fields.fields).arguments + ["--name", label]
        let command = ShownText.mask(ShellCommand(seal).text)
        switch key {
        case .plain(.variable(let name)) where Self.isName(name): return "printf %s \"$\(name)\" | \(command)"
        case .aws(.variable(let id), .variable(let secret), let token) where Self.isName(id) && Self.isName(secret):
            guard case .variable(let token)? = token, Self.isName(token) else {
                return
                    "printf '{\"accessKeyId\": \"%s\", \"secretAccessKey\": \"%s\"}' \"$\(id)\" \"$\(secret)\" | \(command)"
            }
            return "printf '{\"accessKeyId\": \"%s\", \"secretAccessKey\": \"%s\", \"sessionToken\": \"%s\"}' "
                + "\"$\(id)\" \"$\(secret)\" \"$\(token)\" | \(command)"
        default: return "\(command) < FILE"
        }
    }

    /// Returns a Boolean value that indicates whether a shell takes a text as the name of a variable.
    private static func isName(_ text: String) -> Bool {
        text.utf8.first?.isASCIIDigit == false
            && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") }
    }
}

extension ImportedKey {
    /// The bytes of a part that are not known, or that are not allowed in a JSON text.
    enum Problem: Error {
        case unknown, unusable, noMemory
    }

    /// Returns the value to seal; its bytes go from their source straight into secret memory.
    func value(_ source: ImportSource, _ values: borrowing ImportVariables) throws(Problem) -> SecretBytes {
        switch self {
        case .plain(let part): return try Self.bytes(of: part, source, values)
        case .aws(let id, let secret, let token):
            var buffer: SecretBytes
            do { buffer = try SecretBytes(zeroes: SecretValue.inputLimit) } catch { throw .noMemory }
            var count = 0
            for (name, part) in [("{\"accessKeyId\":\"", id), ("\",\"secretAccessKey\":\"", secret)]
                + (token.map { [("\",\"sessionToken\":\"", $0)] } ?? [])
            {
                try Self.append(name, &buffer, &count)
                let bytes = try Self.bytes(of: part, source, values)
                try unsafe bytes.withBytes { (bytes) throws(Problem) in
                    // Neither a quote nor a backslash, so that no escape is needed.
                    guard unsafe bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }) else {
                        throw Problem.unusable
                    }
                    try unsafe Self.append(bytes, &buffer, &count)
                }
            }
            try Self.append("\"}", &buffer, &count)
            do throws(SecretBytes.Unavailable) {
                return try unsafe buffer.withBytes { (bytes) throws(SecretBytes.Unavailable) in
                    try unsafe SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
                }
            } catch { throw .noMemory }
        }
    }

    private static func append(_ text: String, _ buffer: inout SecretBytes, _ count: inout Int) throws(Problem) {
        try unsafe Array(text.utf8).span.withUnsafeBytes { (bytes) throws(Problem) in
            try unsafe append(bytes, &buffer, &count)
        }
    }

    private static func append(
        _ bytes: UnsafeRawBufferPointer,
        _ buffer: inout SecretBytes,
        _ count: inout Int
    ) throws(Problem) {
        guard bytes.count <= buffer.count - count else { throw .unusable }
        let start = count
        unsafe buffer.withMutableBytes { buffer in
            unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[start...]).copyMemory(from: bytes)
        }
        count += bytes.count
    }

    private static func bytes(
        of part: Part,
        _ source: ImportSource,
        _ values: borrowing ImportVariables
    ) throws(Problem) -> SecretBytes {
        switch part {
        case .variable(let name):
            return try unsafe values.withValue(of: name) { (bytes) throws(Problem) in
                guard let bytes = unsafe bytes, unsafe !bytes.isEmpty else { throw Problem.unknown }
                return try unsafe copy(bytes)
            }
        case .value(let place):
            return try unsafe source.withText(of: place) { (bytes) throws(Problem) in try unsafe copy(bytes) }
        }
    }

    private static func copy(_ bytes: UnsafeRawBufferPointer) throws(Problem) -> SecretBytes {
        do { return try unsafe SecretBytes(copying: bytes) } catch { throw .noMemory }
    }
}
