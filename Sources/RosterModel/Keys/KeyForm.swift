import RosterBytes

/// The form of one kind of key: a prefix and a number of characters of an alphabet.
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
        /// Hex digits and hyphens, in the layout of RFC 9562.
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

    /// Returns the length of the key at the start of `bytes`, which begin with the prefix, or nil without a key.
    ///
    /// It reads few bytes beyond the key, so that a file of nothing but prefixes takes linear time.
    func length(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let start = prefix.utf8CodeUnitCount
        let isToken = body == .jsonWebToken
        guard let end = unsafe isToken ? endOfThreeParts(bytes, from: start) : endOfRun(bytes, from: start) else {
            return nil
        }
        let found = unsafe UnsafeBufferPointer(rebasing: bytes[start..<end])
        return unsafe count.contains(found.count) && isGenuine(found) ? end : nil
    }

    /// Returns the end of the bytes of the alphabet; the padding of base64 ends a key.
    private func endOfRun(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        while unsafe end < bytes.count && contains(bytes[end]) { end += 1 }
        while unsafe body == .base64 && end < bytes.count && bytes[end] == UInt8(ascii: "=") { end += 1 }
        return end
    }

    /// Returns the end of three parts of at least four bytes with a dot between them; dots after them end a sentence.
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
        var next = end
        while unsafe next < bytes.count && bytes[next] == UInt8(ascii: ".") { next += 1 }
        return unsafe next < bytes.count && contains(bytes[next]) ? nil : end
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
