import RosterBytes

/// How one kind of key is written: a prefix, then so many characters of an alphabet.
struct KeyForm: Sendable {
    let shape: KeyShape
    let prefix: StaticString
    let body: Body
    let count: ClosedRange<Int>

    enum Body: Sendable {
        case alphanumeric, upperAlphanumeric, hex, urlSafe, base64
        /// 20 characters, `T3BlbkFJ`, 20 characters.
        case openAIClassic
        /// Three parts with a dot between them.
        case jsonWebToken
        /// Hex digits and hyphens, laid out as in RFC 9562.
        case uuid
    }

    init(_ shape: KeyShape, _ prefix: StaticString, _ body: Body, _ count: ClosedRange<Int>) {
        self.shape = shape
        self.prefix = prefix
        self.body = body
        self.count = count
    }

    init(_ shape: KeyShape, _ prefix: StaticString, _ body: Body, _ count: PartialRangeFrom<Int>) {
        self.init(shape, prefix, body, count.lowerBound...Int.max)
    }

    /// The bytes of the key at the start of `bytes`, which begin with the prefix; nil when what follows is no key.
    ///
    /// It looks at little more than a key has: a file of prefixes alone is looked at once, and not once for each.
    func length(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let start = prefix.utf8CodeUnitCount
        let isToken = body == .jsonWebToken
        guard let end = unsafe isToken ? endOfThreeParts(bytes, from: start) : endOfRun(bytes, from: start) else {
            return nil
        }
        let found = unsafe UnsafeBufferPointer(rebasing: bytes[start..<end])
        return unsafe count.contains(found.count) && isGenuine(found) ? end : nil
    }

    /// Where the bytes of the alphabet end; the padding of base64 ends a key.
    private func endOfRun(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        while unsafe end < bytes.count && contains(bytes[end]) { end += 1 }
        while unsafe body == .base64 && end < bytes.count && bytes[end] == UInt8(ascii: "=") { end += 1 }
        return end
    }

    /// Where three parts of four bytes or more end, with a dot between them; dots behind them end a sentence.
    private func endOfThreeParts(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var end = start
        for part in 0..<3 {
            if part > 0 {
                guard unsafe end < bytes.count && bytes[end] == UInt8(ascii: ".") else { return nil }
                end += 1
            }
            let partEnd = unsafe endOfRun(bytes, from: end)
            guard partEnd - end >= 4 else { return nil }
            end = partEnd
        }
        var behind = end
        while unsafe behind < bytes.count && bytes[behind] == UInt8(ascii: ".") { behind += 1 }
        return unsafe behind < bytes.count && contains(bytes[behind]) ? nil : end
    }

    private func contains(_ byte: UInt8) -> Bool {
        switch body {
        case .alphanumeric, .openAIClassic: byte.isASCIILetterOrDigit
        case .upperAlphanumeric: byte.isASCIIDigit || (byte.isASCIILetter && byte & 0x20 == 0)
        case .hex: byte.isHexDigit
        case .urlSafe, .jsonWebToken:
            byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        case .base64: byte.isASCIILetterOrDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
        case .uuid: byte.isHexDigit || byte == UInt8(ascii: "-")
        }
    }

    private func isGenuine(_ found: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = unsafe found.first, unsafe found.contains(where: { $0 != first }) else { return false }
        switch body {
        case .openAIClassic: return unsafe found[20..<28].elementsEqual("T3BlbkFJ".utf8)
        case .uuid: return found.indices.allSatisfy { unsafe (found[$0] == 0x2D) == [8, 13, 18, 23].contains($0) }
        default: return true
        }
    }
}
