import NIOSSL
import RosterBytes
import RosterModel

/// The subject alternative names of a certificate, which identify the server that it belongs to (RFC 9525).
///
/// The common name is never read: a certificate without a DNS name or an address among these names is valid for no
/// host.
struct CertificateNames: Sendable {
    /// A subject alternative name.
    enum Name: Hashable, Sendable {
        /// The bytes of a dNSName.
        case dns([UInt8])
        /// The bytes of an iPAddress.
        case address([UInt8])
    }

    private let names: [Name]

    init(_ names: [Name]) { self.names = names }

    /// Reads the names of a certificate whose chain was validated.
    init(_ certificate: NIOSSLCertificate) {
        names = certificate._subjectAlternativeNames().compactMap { name in
            switch name.nameType {
            case .dnsName: .dns(Array(name.contents))
            case .ipAddress: .address(Array(name.contents))
            default: nil
            }
        }
    }

    /// Returns whether the certificate is valid for a host.
    ///
    /// A name needs a dNSName and an address an iPAddress: the text of an address in a dNSName matches nothing.
    func cover(_ host: Host) -> Bool {
        switch host {
        case .name(let name):
            guard let reference = Self.referenceName(name) else { return false }
            return names.contains { if case .dns(let bytes) = $0 { Self.matches(bytes, reference) } else { false } }
        case .ipv4(let address): return names.contains(.address(Self.bytes(of: address.value)))
        case .ipv6(let address):
            return names.contains(.address(Self.bytes(of: address.high) + Self.bytes(of: address.low)))
        }
    }

    /// Returns the bytes of a host name in lower case; nil when it is not a plain DNS name.
    private static func referenceName(_ name: String) -> [UInt8]? {
        guard IPv4Address(name) == nil else { return nil }
        let bytes = name.utf8.map(\.asciiLowercased)
        let isPlain = bytes.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") || $0 == dot }
        let labels = bytes.split(separator: dot, omittingEmptySubsequences: false)
        return isPlain && !labels.contains(where: \.isEmpty) ? bytes : nil
    }

    /// Matches a dNSName with a host name, letter case aside (RFC 9525, section 6.3).
    ///
    /// A wildcard is the whole leftmost label and covers one label, under a suffix of at least two labels.
    private static func matches(_ presented: [UInt8], _ reference: [UInt8]) -> Bool {
        let presented = presented.map(\.asciiLowercased)
        if presented == reference { return true }
        guard presented.starts(with: "*.".utf8), let end = reference.firstIndex(of: dot) else { return false }
        let suffix = presented.dropFirst()
        return suffix.dropFirst().contains(dot) && suffix.elementsEqual(reference[end...])
    }

    private static let dot = UInt8(ascii: ".")

    private static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
        stride(from: number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}

extension CertificateNames: CustomStringConvertible {
    private static let mostShown = 5
    private static let mostBytesShown = 80

    /// The first names, escaped and cut; they come from the peer.
    var description: String {
        guard !names.isEmpty else {
            return "no host, since no subject alternative name of it is a DNS name or an IP address"
        }
        var shown = names.prefix(Self.mostShown).map(Self.shown)
        if names.count > shown.count { shown.append("\(names.count - shown.count) more") }
        guard let last = shown.popLast() else { return "" }
        return shown.isEmpty ? last : shown.joined(separator: ", ") + " and " + last
    }

    private static func shown(_ name: Name) -> String {
        switch name {
        case .dns(let bytes):
            var text = ""
            for byte in bytes.prefix(mostBytesShown) {
                let isPlain = byte.isASCIILetterOrDigit || "-._*".utf8.contains(byte)
                let digits = String(byte, radix: 16)
                text += isPlain ? String(Unicode.Scalar(byte)) : "\\x" + (digits.count < 2 ? "0" : "") + digits
            }
            return bytes.isEmpty ? "an empty name" : bytes.count > mostBytesShown ? text + "…" : text
        case .address(let bytes):
            func number<Number: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> Number {
                bytes.reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
            }
            switch bytes.count {
            case 4: return IPv4Address(value: number(bytes[...])).description
            case 16: return IPv6Address(high: number(bytes[..<8]), low: number(bytes[8...])).description
            default: return "a malformed address of \(bytes.count) bytes"
            }
        }
    }
}
