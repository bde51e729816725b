import Glibc
package import RosterModel

/// Turns names into addresses.
package struct NameResolver: Sendable {
    /// The addresses of a name as the system gives them; nil when it gives none.
    package var addresses: @Sendable (_ name: String) -> [Host]?

    /// Makes a resolver.
    package init(addresses: @escaping @Sendable (_ name: String) -> [Host]?) { self.addresses = addresses }

    /// The system's own.
    package static let system = NameResolver { name in
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(name, nil, &hints, &list) == 0 else { return nil }
        defer { unsafe freeaddrinfo(list) }
        var hosts: [Host] = []
        var entry = unsafe list
        while let info = unsafe entry?.pointee {
            if let host = unsafe host(info), !hosts.contains(host) { hosts.append(host) }
            unsafe entry = unsafe info.ai_next
        }
        return hosts.isEmpty ? nil : hosts
    }

    private static func host(_ info: addrinfo) -> Host? {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = unsafe getnameinfo(
            info.ai_addr,
            info.ai_addrlen,
            &text,
            socklen_t(text.count),
            nil,
            0,
            NI_NUMERICHOST
        )
        guard status == 0 else { return nil }
        // Behind a percent sign stands the interface of a link-local address, which is refused with it or without.
        let number = String(
            decoding: text.prefix { $0 != 0 && $0 != 0x25 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        return IPv4Address(number).map { .ipv4($0) } ?? IPv6Address(number).map { .ipv6($0) }
    }
}

/// What a host's addresses turned out to be.
package enum AddressCheck: Sendable {
    /// Every one of them may be connected to.
    case addresses([Host])
    /// One of them is an address that nothing is ever sent to.
    case forbidden(Host)
    /// The name does not resolve here.
    case unresolved

    /// Looks a host up once, and at every address that comes of it.
    package init(_ host: Host, _ resolver: NameResolver) {
        switch host {
        case .ipv4, .ipv6: self = host.isForbidden ? .forbidden(host) : .addresses([host])
        case .name("localhost"):
            // Without asking: what answers might lie.
            self = .addresses([.ipv4(IPv4Address(value: 0x7F00_0001)), .ipv6(IPv6Address(high: 0, low: 1))])
        case .name(let name):
            guard !host.isForbidden else {
                self = .forbidden(host)
                return
            }
            guard let addresses = resolver.addresses(name) else {
                self = .unresolved
                return
            }
            self = addresses.first(where: \.isForbidden).map { .forbidden($0) } ?? .addresses(addresses)
        }
    }
}
