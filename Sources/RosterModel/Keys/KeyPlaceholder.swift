import RosterBytes

/// Placeholders for keys: `<your key>`, `${OPENAI_API_KEY}`, `os.environ/OPENAI_API_KEY`.
enum KeyPlaceholder {
    /// Returns a Boolean value that indicates whether a text is a placeholder or a reference to a key.
    ///
    /// The text around a reference must have fewer characters than a key of that kind.
    static func contains(_ text: some BidirectionalCollection<UInt8>, for ending: KeyName.Ending) -> Bool {
        let bytes = Array(text)
        return isOneCharacter(bytes) || isWrapped(bytes) || isReference(bytes) || isCutShort(bytes)
            || isVariableName(bytes) || literalLength(bytes) < min(ending.minimumLength, bytes.count)
            || ending != .password && isRequest(bytes)
    }

    /// One repeated character, ignoring hyphens.
    private static func isOneCharacter(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 3 else { return false }
        var rest = bytes.lazy.filter { $0 != UInt8(ascii: "-") }.makeIterator()
        guard let first = rest.next() else { return true }
        while let byte = rest.next() { if byte != first { return false } }
        return true
    }

    /// `<…>`, `%NAME%`, `$NAME`, `{name}`.
    private static func isWrapped(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 3, let first = bytes.first, let last = bytes.last else { return false }
        let inner = bytes[1..<bytes.count - 1]
        switch (first, last) {
        case (UInt8(ascii: "<"), UInt8(ascii: ">")): return true
        case (UInt8(ascii: "%"), UInt8(ascii: "%")), (UInt8(ascii: "{"), UInt8(ascii: "}")):
            return inner.allSatisfy(isNameByte)
        case (UInt8(ascii: "$"), _): return bytes[1...].allSatisfy { isNameByte($0) && $0 == uppercased($0) }
        case (UInt8(ascii: "["), UInt8(ascii: "]")): return inner.elementsEqual("redacted".utf8)
        default: return false
        }
    }

    /// Returns the number of bytes around `${…}`, `{{…}}` and `$(…)`.
    private static func literalLength(_ bytes: [UInt8]) -> Int {
        var (count, position) = (0, 0)
        while position < bytes.count {
            let pair = bytes[position...].prefix(2)
            let close: UInt8? =
                pair.elementsEqual("${".utf8) || pair.elementsEqual("{{".utf8)
                ? UInt8(ascii: "}") : pair.elementsEqual("$(".utf8) ? UInt8(ascii: ")") : nil
            if let close {
                guard var end = bytes[position...].firstIndex(of: close) else { return count + bytes.count - position }
                while end + 1 < bytes.count, bytes[end + 1] == close { end += 1 }
                position = end + 1
            } else {
                count += 1
                position += 1
            }
        }
        return count
    }

    /// A notation for a value that is elsewhere.
    private static func isReference(_ bytes: [UInt8]) -> Bool {
        let isPrefixed = prefixes.contains { prefix in
            bytes.count >= prefix.utf8CodeUnitCount
                && (0..<prefix.utf8CodeUnitCount).allSatisfy {
                    unsafe bytes[$0].asciiLowercased == prefix.utf8Start[$0]
                }
        }
        return isPrefixed
            || bytes.starts(with: "projects/".utf8) && String(decoding: bytes, as: UTF8.self).contains("/secrets/")
    }

    private static let prefixes: [StaticString] = [
        "os.environ/", "os.environ[", "os.environ.", "os.getenv(", "process.env.", "env:", "env.", "env/", "env(",
        "$env:",
        "environ:", "environ/", "secret://", "secrets://", "secrets.", "secretref:", "vault:", "vault/", "op://",
        "aws-sm:",
        "awssm:", "aws-secretsmanager:", "ssm:", "sm://", "gcp-sm:", "gcpsm:", "ref+", "arn:aws:secretsmanager:",
        "arn:aws:ssm:", "@microsoft.keyvault(", "keyvault:", "azurekeyvault:", "file:/", "doppler:", "keychain:",
        "bws:",
    ]

    /// `sk-…`, `sk-...`, `sk-****`, `sk-xxxxxxxx`.
    private static func isCutShort(_ bytes: [UInt8]) -> Bool {
        var (run, previous) = (0, UInt8(0))
        for byte in bytes {
            let byte = byte.asciiLowercased
            run = byte == previous ? run + 1 : 1
            previous = byte
            if run == 3 && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "*")) { return true }
            if run == 6 && byte == UInt8(ascii: "x") { return true }
        }
        return bytes.indices.contains { bytes[$0...].starts(with: [0xE2, 0x80, 0xA6]) }
    }

    /// `OPENAI_API_KEY`, `OPENAI_API_KEY_PROD`: the name of a variable, not its value.
    private static func isVariableName(_ bytes: [UInt8]) -> Bool {
        guard bytes.contains(UInt8(ascii: "_")), bytes.allSatisfy({ isNameByte($0) && $0 == uppercased($0) }) else {
            return false
        }
        // Few names have more words; a long text is not read for each of its prefixes.
        let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "_") }.suffix(4) + [bytes.count]
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            ends.contains { end in
                unsafe KeyName.ending(utf8: UnsafeBufferPointer(rebasing: bytes[..<end])) != nil
            }
        }
    }

    /// A request to fill in the key: `your-api-key-here`.
    private static func isRequest(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes.map(\.asciiLowercased), as: UTF8.self)
        return ["your-", "your_", "replace-me", "replace_me", "replace-with", "replace_with"].contains {
            text.contains($0)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool { byte.isASCIILetterOrDigit || byte == UInt8(ascii: "_") }

    private static func uppercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & ~0x20 : byte
    }
}
