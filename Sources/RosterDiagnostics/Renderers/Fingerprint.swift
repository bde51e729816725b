/// Fingerprints of diagnostics that do not change when lines above them are added or removed.
///
/// A fingerprint is made of the rule, the path, the excerpt without white space, and the number of equal ones so far.
struct FingerprintMaker {
    private var seen: [String: Int] = [:]

    /// Returns 16 hex digits.
    mutating func fingerprint(of diagnostic: Diagnostic) -> String {
        let line = (diagnostic.place.excerpt?.text ?? "").filter { !$0.isWhitespace }
        let key = [diagnostic.rule, diagnostic.place.path, line].joined(separator: "\u{0}")
        let occurrence = seen[key, default: 0]
        seen[key] = occurrence + 1
        // FNV-1a, 64 bits: it only has to distinguish diagnostics.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(key)\u{0}\(occurrence)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
