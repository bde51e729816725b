import Glibc
import RosterBytes

/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable, CustomStringConvertible {
    /// The four bytes in network order.
    public let value: UInt32

    /// Creates an address from its number.
    public init(value: UInt32) { self.value = value }

    /// Parses four decimal numbers without leading zeros; returns nil for anything else.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy(\.isASCIIDigit),
                part.count == 1 || part.first != UInt8(ascii: "0"), let byte = UInt8(Substring(part))
            else { return nil }
            value = value << 8 | UInt32(byte)
        }
        self.value = value
    }

    /// Four decimal numbers.
    public var description: String { "\(value >> 24).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)" }

    /// Returns a Boolean value that indicates whether the first `bits` bits equal those of `network`.
    func isIn(_ network: UInt32, bits: UInt32) -> Bool { (value ^ network) >> (32 - bits) == 0 }
}

/// An IPv6 address.
public struct IPv6Address: Hashable, Sendable, CustomStringConvertible {
    /// The first eight bytes.
    public let high: UInt64
    /// The last eight bytes.
    public let low: UInt64

    /// Creates an address from its halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Parses any form of an address without brackets and zone; returns nil for anything else.
    public init?(_ text: String) {
        var bytes = (UInt64(0), UInt64(0))
        let isRead = unsafe withUnsafeMutableBytes(of: &bytes) { unsafe inet_pton(AF_INET6, text, $0.baseAddress) == 1 }
        guard isRead else { return nil }
        (high, low) = (UInt64(bigEndian: bytes.0), UInt64(bigEndian: bytes.1))
    }

    /// The form of RFC 5952.
    public var description: String {
        var bytes = (high.bigEndian, low.bigEndian)
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            unsafe withUnsafeBytes(of: &bytes) { address in
                unsafe inet_ntop(AF_INET6, address.baseAddress, buffer.baseAddress, socklen_t(INET6_ADDRSTRLEN))
                    .map { unsafe String(cString: $0) } ?? ""
            }
        }
    }
}
