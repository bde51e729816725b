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

    /// The same for bytes in memory.
    package static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = bytes.count
        guard count >= 1, count <= maximumLength else { return false }
        for position in 0..<count {
            switch unsafe bytes[position] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: "-") where position > 0 && position < count - 1: break
            default: return false
            }
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
