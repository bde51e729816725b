package import RosterModel

/// The messages about an invalid host.
package enum HostWords {
    package static func message(_ refusal: Host.Refusal, of what: String) -> String {
        switch refusal {
        case .empty: "the host of \(what) has an empty part"
        case .trailingDot: "the host of \(what) ends in a dot"
        case .character(let character): "the host of \(what) contains \(quoted(character))"
        case .notASCII: "the host of \(what) is not plain ASCII"
        case .tooLong: "the host of \(what) is too long"
        case .disguisedNumber: "the host of \(what) is a number that programs read as different addresses"
        case .notCanonicalIPv6: "the host of \(what) is not an IPv6 address in canonical form"
        case .zone: "the host of \(what) has a zone id"
        }
    }

    package static func help(_ refusal: Host.Refusal) -> String? {
        switch refusal {
        case .empty: "a name has at least one character before and after each dot"
        case .trailingDot: "delete the dot"
        case .character: "a name has letters, digits, hyphens inside, and dots"
        case .notASCII(let punycode): punycode.map { "if that is the host you mean, write \($0)" }
        case .tooLong: "a part has at most 63 bytes, a name 253"
        case .disguisedNumber: "write the address as four decimal numbers"
        case .notCanonicalIPv6(let canonical):
            canonical.map { "write [\($0)]" } ?? "write it in brackets, in the form of RFC 5952"
        case .zone: "delete % and what follows"
        }
    }
}
