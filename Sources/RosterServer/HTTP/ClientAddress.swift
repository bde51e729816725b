package import RosterModel

/// The IP address of a client.
package enum ClientAddress: Sendable, Hashable {
    case ipv4(IPv4Address)
    case ipv6(IPv6Address)
    /// The socket has no IP address, or it is not known.
    case unknown

    /// Parses an address; ``unknown`` when the text is not one.
    ///
    /// An IPv4 address in the form that a socket of IPv6 has for it (`::ffff:192.0.2.1`) is the IPv4 address.
    package init(_ text: some StringProtocol) {
        let text = String(text)
        if let address = IPv4Address(text) {
            self = .ipv4(address)
        } else if let address = IPv6Address(text) {
            let isMapped = address.high == 0 && address.low >> 32 == 0xFFFF
            self =
                isMapped ? .ipv4(IPv4Address(value: UInt32(truncatingIfNeeded: address.low))) : .ipv6(address)
        } else {
            self = .unknown
        }
    }

    /// The part of the address that one subscriber has: an IPv6 address without its last 64 bits.
    var subscriber: ClientAddress {
        guard case .ipv6(let address) = self else { return self }
        return .ipv6(IPv6Address(high: address.high, low: 0))
    }
}
