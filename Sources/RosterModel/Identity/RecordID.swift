import Glibc
import RosterBytes

/// The id of a record: a prefix for its kind and 16 characters of `A-Z a-z 0-9`.
///
/// The 16 characters are stored as two words, so that an id needs no allocation and compares in two steps.
public struct RecordID<Kind: RecordKind>: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// The number of characters after the prefix.
    static var bodyLength: Int { 16 }

    /// The number of bytes of an id.
    package static var length: Int { Kind.prefix.utf8CodeUnitCount + bodyLength }

    /// Parses an id; returns nil when prefix, length or alphabet is wrong.
    public init?(_ text: String) {
        var text = text
        let id: RecordID? = text.withUTF8 { unsafe RecordID(utf8: $0) }
        guard let id else { return nil }
        self = id
    }

    /// Parses an id from its UTF-8; returns nil when prefix, length or alphabet is wrong.
    @unsafe
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        let prefix = Kind.prefix.utf8CodeUnitCount
        let raw = UnsafeRawBufferPointer(bytes)
        guard let start = bytes.baseAddress, raw.count == Self.length,
            unsafe memcmp(start, Kind.prefix.utf8Start, prefix) == 0
        else { return nil }
        high = unsafe UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: prefix, as: UInt64.self))
        low = unsafe UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: prefix + 8, as: UInt64.self))
        guard high.holdsASCIILettersAndDigits, low.holdsASCIILettersAndDigits else { return nil }
    }
}

extension RecordID: CustomStringConvertible, Comparable {
    /// The id as it is written.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: Self.length) { append(to: &$0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Returns a Boolean value that indicates whether the bytes of `one` precede those of `other`.
    public static func < (one: RecordID, other: RecordID) -> Bool { (one.high, one.low) < (other.high, other.low) }

    /// Appends the id as it is written; nothing when the span has no room for ``length`` bytes.
    package func append(to output: inout OutputSpan<UInt8>) {
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard buffer.count - count >= Self.length else { return }
            let target = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
            let prefix = Kind.prefix.utf8CodeUnitCount
            unsafe target.copyMemory(from: UnsafeRawBufferPointer(start: Kind.prefix.utf8Start, count: prefix))
            unsafe target.storeBytes(of: high.bigEndian, toByteOffset: prefix, as: UInt64.self)
            unsafe target.storeBytes(of: low.bigEndian, toByteOffset: prefix + 8, as: UInt64.self)
            count += Self.length
        }
    }
}

/// A kind of record.
public protocol RecordKind: Sendable {
    /// The characters before the 16, including the underscore.
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
