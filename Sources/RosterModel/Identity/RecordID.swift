/// The id of a record: a prefix that says of what kind, and 16 characters of `A-Z a-z 0-9`.
///
/// The 16 characters are kept as two words, so that an id costs no allocation and compares in two steps.
public struct RecordID<Kind: RecordKind>: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// Characters behind the prefix.
    static var bodyLength: Int { 16 }

    /// Bytes of an id.
    package static var length: Int { Kind.prefix.utf8CodeUnitCount + bodyLength }

    /// Reads an id; nil when prefix, length or alphabet is wrong.
    public init?(_ text: String) {
        var text = text
        let id: RecordID? = text.withUTF8 { unsafe RecordID(utf8: $0) }
        guard let id else { return nil }
        self = id
    }

    /// Reads an id from its UTF-8; nil when prefix, length or alphabet is wrong.
    @unsafe
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        let prefix = Kind.prefix.utf8CodeUnitCount
        guard bytes.count == prefix + Self.bodyLength,
            unsafe bytes[..<prefix].elementsEqual(UnsafeBufferPointer(start: Kind.prefix.utf8Start, count: prefix))
        else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        for offset in prefix..<bytes.count {
            let byte = unsafe bytes[offset]
            guard byte.isASCIILetterOrDigit else { return nil }
            if offset - prefix < 8 {
                words.0 = words.0 << 8 | UInt64(byte)
            } else {
                words.1 = words.1 << 8 | UInt64(byte)
            }
        }
        (high, low) = words
    }
}

extension RecordID: CustomStringConvertible, Comparable {
    /// The id as it is written.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: Self.length) { append(to: &$0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether `one` comes before `other` by their bytes.
    public static func < (one: RecordID, other: RecordID) -> Bool { (one.high, one.low) < (other.high, other.low) }

    /// Appends the id as it is written, for which there must be ``length`` bytes' room.
    package func append(to output: inout OutputSpan<UInt8>) {
        for offset in 0..<Kind.prefix.utf8CodeUnitCount { unsafe output.append(Kind.prefix.utf8Start[offset]) }
        for offset in 0..<Self.bodyLength {
            let word = offset < 8 ? high : low
            output.append(UInt8(truncatingIfNeeded: word >> UInt64(56 - offset % 8 * 8)))
        }
    }
}

/// What an id names.
public protocol RecordKind: Sendable {
    /// The characters in front of the 16, underscore included.
    static var prefix: StaticString { get }
}

/// The kind of ``ProviderID``.
public enum ProviderKind: RecordKind {
    /// The prefix.
    public static let prefix: StaticString = "aip_"
}

/// The kind of ``SecretID``.
public enum SecretKind: RecordKind {
    /// The prefix.
    public static let prefix: StaticString = "sec_"
}

/// The kind of ``ProjectID``.
public enum ProjectKind: RecordKind {
    /// The prefix.
    public static let prefix: StaticString = "proj_"
}

/// The kind of ``TokenID``.
public enum TokenKind: RecordKind {
    /// The prefix.
    public static let prefix: StaticString = "key_"
}

/// `aip_` and 16 characters.
public typealias ProviderID = RecordID<ProviderKind>
/// `sec_` and 16 characters.
public typealias SecretID = RecordID<SecretKind>
/// `proj_` and 16 characters.
public typealias ProjectID = RecordID<ProjectKind>
/// `key_` and 16 characters.
public typealias TokenID = RecordID<TokenKind>
