import RosterBytes

/// The name of a project's folder or a record's file: `[a-z0-9]` and inner hyphens, 1 to 63 characters.
public struct Handle: Hashable, Sendable, CustomStringConvertible {
    /// The handle as it is written.
    public let text: String

    /// The maximum number of characters.
    public static let maximumLength = 63

    /// The pattern that a handle matches, for schemas.
    package static let pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"

    /// Parses a handle; returns nil when the text does not match.
    public init?(_ text: String) {
        guard Self.isValid(text.utf8) else { return nil }
        self.text = text
    }

    /// Returns a Boolean value that indicates whether bytes are a handle.
    package static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
        let inPlace: Bool? = bytes.withContiguousStorageIfAvailable { unsafe Self.isValid($0) }
        if let inPlace { return inPlace }
        return unsafe Array(bytes).withUnsafeBufferPointer { unsafe Self.isValid($0) }
    }

    private static var hyphen: UInt8 { UInt8(ascii: "-") }

    /// Returns a Boolean value that indicates whether bytes in memory are a handle.
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
    /// Returns a Boolean value that indicates whether the bytes of `one` precede those of `other`.
    public static func < (one: Handle, other: Handle) -> Bool {
        one.text.precedesInBytes(other.text)
    }
}
