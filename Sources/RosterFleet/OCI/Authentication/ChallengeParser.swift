import RosterBytes

/// A parser of one `WWW-Authenticate` field.
///
/// A comma separates challenges, and also the parameters of one: a name followed by `=` is a parameter.
struct ChallengeParser {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Returns the challenges; nil for any other text.
    mutating func parse() -> [OCIChallenge]? {
        var challenges: [OCIChallenge] = []
        skipSeparators()
        while position < bytes.count {
            guard challenges.count < OCIChallenge.countLimit, let challenge = challenge() else { return nil }
            challenges.append(challenge)
        }
        return challenges
    }

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
    }

    /// Skips blanks and commas; returns true when there was a comma.
    @discardableResult private mutating func skipSeparators() -> Bool {
        var hasComma = false
        skipBlanks()
        while take(UInt8(ascii: ",")) {
            hasComma = true
            skipBlanks()
        }
        return hasComma
    }

    private mutating func take(_ character: UInt8) -> Bool {
        guard byte == character else { return false }
        position += 1
        return true
    }

    /// Reads a scheme, what belongs to it, and the comma that follows it.
    private mutating func challenge() -> OCIChallenge? {
        guard let scheme = token() else { return nil }
        let afterScheme = position
        skipBlanks()
        if position == bytes.count || byte == UInt8(ascii: ",") {
            skipSeparators()
            return OCIChallenge(scheme: scheme.lowercased())
        }
        // A blank must separate the scheme from what belongs to it.
        guard position > afterScheme else { return nil }
        if skipToken68() { return OCIChallenge(scheme: scheme.lowercased()) }
        var parameters: [String: String] = [:]
        repeat {
            let start = position
            guard let name = token() else { return nil }
            skipBlanks()
            guard take(UInt8(ascii: "=")) else {
                // The name is the scheme of the challenge that follows.
                guard !parameters.isEmpty else { return nil }
                position = start
                return OCIChallenge(scheme: scheme.lowercased(), parameters: parameters)
            }
            skipBlanks()
            guard let value = byte == UInt8(ascii: "\"") ? quotedText() : token(),
                parameters.updateValue(value, forKey: name.lowercased()) == nil,
                parameters.count <= OCIChallenge.countLimit
            else { return nil }
        } while skipSeparators() && position < bytes.count
        guard position == bytes.count else { return nil }
        return OCIChallenge(scheme: scheme.lowercased(), parameters: parameters)
    }

    /// Skips a token of 68 characters and the comma that follows it, which only schemes that are not supported have.
    private mutating func skipToken68() -> Bool {
        let start = position
        while let byte, Self.isToken68(byte) { position += 1 }
        guard position > start else { return false }
        while take(UInt8(ascii: "=")) {}
        if skipSeparators() || position == bytes.count { return true }
        position = start
        return false
    }

    private mutating func token() -> String? {
        let start = position
        while let byte, Self.isToken(byte) { position += 1 }
        return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
    }

    private mutating func quotedText() -> String? {
        position += 1
        var text: [UInt8] = []
        while let byte {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = self.byte, escaped >= 0x20, escaped != 0x7F else { return nil }
                text.append(escaped)
                position += 1
            case ..<0x20, 0x7F: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    private static func isToken68(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || "-._~+/".utf8.contains(byte)
    }
}
