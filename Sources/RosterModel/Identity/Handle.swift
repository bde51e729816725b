import RosterBytes

/// The name of a folder or file as people speak of it: `[a-z0-9]` and inner hyphens, 1 to 63 characters.
public struct Handle: Hashable, Sendable, CustomStringConvertible {
    /// The handle as it is written.
    public let text: String

    /// The most characters of a handle.
    public static let maximumLength = 63

    /// The pattern that a handle matches, for schemas.
    package static let pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"

    /// Reads a handle; nil when it does not match.
    public init?(_ text: String) {
        guard Self.isValid(text.utf8) else { return nil }
        self.text = text
    }

    /// Whether bytes are a handle.
    package static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
        let inPlace: Bool? = bytes.withContiguousStorageIfAvailable { unsafe Self.isValid($0) }
        if let inPlace { return inPlace }
        return unsafe Array(bytes).withUnsafeBufferPointer { unsafe Self.isValid($0) }
    }

    private static var hyphen: UInt8 { UInt8(ascii: "-") }

    /// The same for bytes in memory.
    package static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (1...maximumLength).contains(bytes.count), let first = unsafe bytes.first, first != hyphen,
            unsafe bytes[bytes.count - 1] != hyphen
        else { return false }
        for position in 0..<bytes.count {
            let byte = unsafe bytes[position]
            let isWordByte = byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
            guard isWordByte || byte == hyphen else { return false }
        }
        return true
    }

    /// The handle as it is written.
    public var description: String { text }
}

extension Handle: Comparable {
    /// Whether `one` comes before `other` by their bytes.
    public static func < (one: Handle, other: Handle) -> Bool {
        one.text.precedesInBytes(other.text)
    }
}
