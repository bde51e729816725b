import CLibSodium

/// The payload of a box: the claims of the file, a salt and the value, padded to hide the length.
enum SecretPayload {
    static let magic = Array("roster-secret-v1".utf8) + [0]
    static let saltLength = 16
    static let valueLengths = 1...16_384
    static let blockSize = 256

    /// Writes the padded payload of a value into secret memory.
    static func encode(
        _ claims: SecretClaims,
        salt: UnsafeRawBufferPointer,
        value: UnsafeRawBufferPointer
    ) throws(SecretBytes.Unavailable) -> SecretBytes {
        var head = magic
        append(Array(claims.secretID.utf8), to: &head)
        append(Array(claims.projectID.utf8), to: &head)
        unsafe withUnsafeBytes(of: claims.generation.bigEndian) { unsafe head.append(contentsOf: $0) }
        let hosts = claims.orderedHosts
        unsafe withUnsafeBytes(of: UInt32(hosts.count).bigEndian) { unsafe head.append(contentsOf: $0) }
        for host in hosts { append(host, to: &head) }
        let length = head.count + 4 + salt.count + 4 + value.count
        // `sodium_pad` always adds at least one byte.
        let padded = (length / blockSize + 1) * blockSize
        var payload = try SecretBytes(zeroes: padded)
        unsafe payload.withMutableBytes { buffer in
            var rest = unsafe buffer[...]
            func put(_ bytes: UnsafeRawBufferPointer) {
                unsafe UnsafeMutableRawBufferPointer(rebasing: rest).copyMemory(from: bytes)
                unsafe rest = unsafe rest.dropFirst(bytes.count)
            }
            unsafe head.withUnsafeBytes { unsafe put($0) }
            unsafe withUnsafeBytes(of: UInt32(salt.count).bigEndian) { unsafe put($0) }
            unsafe put(salt)
            unsafe withUnsafeBytes(of: UInt32(value.count).bigEndian) { unsafe put($0) }
            unsafe put(value)
        }
        unsafe payload.withMutablePointer { buffer in
            var total = 0
            _ = unsafe sodium_pad(&total, buffer, length, blockSize, padded)
        }
        return payload
    }

    /// The contents of an opened payload, with the parts as ranges of its bytes.
    struct Contents {
        var secretID: Range<Int>
        var projectID: Range<Int>
        var generation: UInt64
        var hosts: [Range<Int>]
        var salt: Range<Int>
        var value: Range<Int>
    }

    /// Parses a payload to its exact end; returns nil for any deviation from the format.
    static func parse(_ padded: UnsafeRawBufferPointer) -> Contents? {
        guard padded.count > 0, padded.count.isMultiple(of: blockSize) else { return nil }
        var length = 0
        guard let bytes = unsafe padded.baseAddress?.assumingMemoryBound(to: UInt8.self),
            unsafe sodium_unpad(&length, bytes, padded.count, blockSize) == 0,
            // `sodium_pad` writes at most one block of padding.
            padded.count - length <= blockSize
        else { return nil }
        var cursor = unsafe Cursor(bytes: UnsafeRawBufferPointer(rebasing: padded[..<length]))
        guard cursor.take(magic), let secretID = cursor.prefixed(), let projectID = cursor.prefixed(),
            let generation = cursor.integer(8), (1...SecretClaims.maximumGeneration).contains(generation),
            let count = cursor.integer(4), (1...32).contains(count)
        else { return nil }
        var hosts: [Range<Int>] = []
        for _ in 0..<count {
            guard let host = cursor.prefixed() else { return nil }
            hosts.append(host)
        }
        guard let salt = cursor.prefixed(), salt.count == saltLength,
            let value = cursor.prefixed(), valueLengths.contains(value.count), cursor.isAtEnd
        else { return nil }
        return Contents(
            secretID: secretID,
            projectID: projectID,
            generation: generation,
            hosts: hosts,
            salt: salt,
            value: value
        )
    }

    private static func append(_ bytes: [UInt8], to result: inout [UInt8]) {
        unsafe withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { unsafe result.append(contentsOf: $0) }
        result += bytes
    }

    /// A cursor over a payload, which compares every length with the remaining bytes before it uses it.
    @safe
    private struct Cursor {
        private let bytes: UnsafeRawBufferPointer
        private let count: Int
        private var position = 0

        init(bytes: UnsafeRawBufferPointer) {
            unsafe self.bytes = unsafe bytes
            count = bytes.count
        }

        var isAtEnd: Bool { position == count }

        mutating func take(_ expected: [UInt8]) -> Bool {
            guard count - position >= expected.count else { return false }
            defer { position += expected.count }
            return unsafe bytes[position..<position + expected.count].elementsEqual(expected)
        }

        mutating func integer(_ size: Int) -> UInt64? {
            guard count - position >= size else { return nil }
            defer { position += size }
            return unsafe UnsafeRawBufferPointer(rebasing: bytes[position..<position + size]).reduce(0) {
                $0 << 8 | UInt64($1)
            }
        }

        mutating func prefixed() -> Range<Int>? {
            guard let length = integer(4), length <= count - position else { return nil }
            defer { position += Int(length) }
            return position..<position + Int(length)
        }
    }
}

extension SecretPayload.Contents {
    /// The maximum length of a claim in messages: a host of 253 characters with port and path.
    private static let longestClaim = 512

    /// Returns the claims of the payload, or nil when one is not short visible ASCII.
    func claims(in payload: UnsafeRawBufferPointer) -> SecretClaims? {
        func text(_ range: Range<Int>) -> String? {
            let bytes = unsafe UnsafeRawBufferPointer(rebasing: payload[range])
            guard bytes.count <= Self.longestClaim, unsafe bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                return nil
            }
            return unsafe String(decoding: bytes, as: UTF8.self)
        }
        let hosts = hosts.compactMap { text($0) }
        guard let secretID = text(secretID), let projectID = text(projectID),
            hosts.count == self.hosts.count
        else {
            return nil
        }
        return SecretClaims(secretID: secretID, projectID: projectID, generation: generation, allowedHosts: hosts)
    }
}
