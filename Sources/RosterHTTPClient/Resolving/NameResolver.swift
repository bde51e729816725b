import Glibc
package import RosterModel

/// Resolves names to addresses.
package struct NameResolver: Sendable {
    /// The function that returns the addresses of a name; nil when there are none.
    package var addresses: @Sendable (_ name: String) -> [Host]?

    /// Creates a resolver.
    package init(addresses: @escaping @Sendable (_ name: String) -> [Host]?) { self.addresses = addresses }

    /// Returns a resolver that looks each name up once, and always returns the same addresses.
    package func remembering() -> NameResolver {
        let known = KnownAddresses(self)
        return NameResolver { known.addresses($0) }
    }

    /// The resolver of the system.
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
        // A percent sign precedes the interface of a link-local address, which is refused in any form.
        let number = String(
            decoding: text.prefix { $0 != 0 && $0 != 0x25 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        return IPv4Address(number).map { .ipv4($0) } ?? IPv6Address(number).map { .ipv6($0) }
    }
}

/// The result of resolving a host.
package enum AddressCheck: Sendable {
    /// The addresses, to all of which a connection is allowed.
    case addresses([Host])
    /// One of the addresses is refused.
    case forbidden(Host)
    /// The name does not resolve here.
    case unresolved

    /// Resolves a host once, and checks every address.
    package init(_ host: Host, _ resolver: NameResolver) {
        switch host {
        case .ipv4, .ipv6: self = host.isForbidden ? .forbidden(host) : .addresses([host])
        case .name("localhost"):
            // This is not resolved: a server's answer could be wrong.
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
