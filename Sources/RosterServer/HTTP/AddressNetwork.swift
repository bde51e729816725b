import RosterBytes
import RosterModel

/// A network of IP addresses such as `10.0.0.0/8`, or a single address.
package struct AddressNetwork: Sendable, Hashable {
    private let first: ClientAddress
    /// The number of leading bits that all addresses share.
    private let bits: Int

    /// Parses a network; returns nil when the text is not one, or has bits after its length.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        first = ClientAddress(parts[0])
        let width: Int
        switch first {
        case .ipv4: width = 32
        case .ipv6: width = 128
        case .unknown: return nil
        }
        guard parts.count == 2 else {
            bits = width
            return
        }
        let digits = parts[1]
        guard (1...3).contains(digits.utf8.count), digits.utf8.allSatisfy(\.isASCIIDigit), let number = Int(digits),
            number <= width, !parts[0].contains(":") || width == 128
        else { return nil }
        bits = number
        guard Self.masked(first, bits) == first else { return nil }
    }

    /// Returns a Boolean value that indicates whether an address is in the network.
    package func contains(_ address: ClientAddress) -> Bool {
        switch (first, address) {
        case (.ipv4, .ipv4), (.ipv6, .ipv6): Self.masked(address, bits) == first
        default: false
        }
    }

    /// Returns an address with the bits after a number of bits cleared.
    private static func masked(_ address: ClientAddress, _ bits: Int) -> ClientAddress {
        switch address {
        case .ipv4(let address): .ipv4(IPv4Address(value: address.value & ~(UInt32.max >> bits)))
        case .ipv6(let address):
            .ipv6(
                IPv6Address(
                    high: address.high & ~(UInt64.max >> bits),
                    low: address.low & ~(UInt64.max >> max(0, bits - 64))
                )
            )
        case .unknown: .unknown
        }
    }
}
