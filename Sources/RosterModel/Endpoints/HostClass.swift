extension Host {
    /// A Boolean value that indicates whether requests stay on this machine.
    public var isLoopback: Bool {
        switch self {
        case .name(let name): name == "localhost"
        case .ipv4(let address): address.isIn(0x7F00_0000, bits: 8)
        case .ipv6(let address): address.high == 0 && address.low == 1
        }
    }

    /// A Boolean value that indicates whether requests stay on this machine or in a private network.
    public var isPrivate: Bool {
        if isLoopback { return true }
        switch self {
        case .name(let name):
            return !name.utf8.contains(UInt8(ascii: "."))
                || [".local", ".lan", ".internal", ".home.arpa", ".localhost"].contains { name.hasSuffix($0) }
        case .ipv4(let address):
            return address.isIn(0x0A00_0000, bits: 8) || address.isIn(0xAC10_0000, bits: 12)
                || address.isIn(0xC0A8_0000, bits: 16)
        case .ipv6(let address):
            return address.high >> 57 == 0x7E
        }
    }

    /// A Boolean value that indicates whether requests are always forbidden: link-local and multicast addresses, and
    /// those at which clouds serve the credentials of the machine.
    public var isForbidden: Bool {
        switch self {
        case .name(let name): Self.metadataNames.contains(name)
        case .ipv4(let address): address.isForbidden
        case .ipv6(let address): address.isForbidden
        }
    }

    private static let metadataNames: Set<String> = [
        "metadata", "metadata.google.internal", "metadata.goog", "instance-data.ec2.internal",
    ]
}

extension IPv4Address {
    /// See ``Host/isForbidden``.
    public var isForbidden: Bool {
        isLinkLocalOrMetadata
            || isIn(0x0000_0000, bits: 8)  // "this network"
            || isIn(0xE000_0000, bits: 4)  // multicast
            || value == 0xFFFF_FFFF  // broadcast
    }

    /// A Boolean value that indicates whether a cloud may serve credentials at the address.
    fileprivate var isLinkLocalOrMetadata: Bool {
        isIn(0xA9FE_0000, bits: 16)  // link-local, and most clouds' metadata
            || value == 0xA83F_8110  // 168.63.129.16, Azure
            || value == 0x6464_64C8  // 100.100.100.200, Alibaba Cloud
            || value == 0xC000_00C0  // 192.0.0.192, Oracle Cloud
    }
}

extension IPv6Address {
    /// See ``Host/isForbidden``.
    public var isForbidden: Bool {
        if high >> 54 == 0x3FA || high >> 56 == 0xFF { return true }  // fe80::/10, ff00::/8
        if [0xFD00_0EC2, 0xFD20_00CE].contains(high >> 32) { return true }  // services of AWS and Google to a machine
        if (high, low) == (0xFD00_00C1_0000_0000, 0xA9FE_A9FE) { return true }  // Oracle Cloud
        if (high, low) == (0xFD00_0042_0000_0000, 0x42) { return true }  // Scaleway
        if (high, low) == (0, 1) { return false }
        return embeddedIPv4.contains(where: \.isForbidden)
    }

    /// The IPv4 addresses to which a translator or tunnel sends the packets of this address.
    private var embeddedIPv4: [IPv4Address] {
        let last = IPv4Address(value: UInt32(truncatingIfNeeded: low))
        // ::/96, ::ffff:0:0/96 and ::ffff:0:0:0/96
        if high == 0, [0, 0xFFFF, 0xFFFF_0000].contains(low >> 32) { return [last] }
        if low >> 32 & 0xFDFF_FFFF == 0x5EFE { return [last] }  // ISATAP
        if high == 0x0064_FF9B_0000_0000, low >> 32 == 0 { return [last] }  // 64:ff9b::/96
        // 64:ff9b:1::/48, which translators divide further: the address follows 48, 56, 64 or 96 bits (RFC 6052,
        // section 2.2), and skips the ninth byte. The address does not show which of the four applies.
        if high >> 16 == 0x0064_FF9B_0001 {
            let numbers = [
                (high & 0xFFFF) << 16 | low >> 40 & 0xFFFF, (high & 0xFF) << 24 | low >> 32 & 0xFF_FFFF, low >> 24, low,
            ]
            return numbers.map { IPv4Address(value: UInt32(truncatingIfNeeded: $0)) }.filter(\.isLinkLocalOrMetadata)
        }
        if high >> 48 == 0x2002 { return [IPv4Address(value: UInt32(truncatingIfNeeded: high >> 16))] }  // 6to4
        if high >> 32 == 0x2001_0000 {  // Teredo: the server, and the client with its bits turned round
            return [
                IPv4Address(value: UInt32(truncatingIfNeeded: high)),
                IPv4Address(value: ~UInt32(truncatingIfNeeded: low)),
            ]
        }
        return []
    }
}
