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
    func length(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let start = prefix.utf8CodeUnitCount
        var end = start
        while unsafe end < bytes.count && contains(bytes[end]) { end += 1 }
        // Base64 padding ends a key; a dot at the end ends a sentence.
        while unsafe body == .jsonWebToken && end > start && bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        let found = unsafe UnsafeBufferPointer(rebasing: bytes[start..<end])
        guard unsafe count.contains(found.count) && isGenuine(found) else { return nil }
        return end
    }

    private func contains(_ byte: UInt8) -> Bool {
        switch body {
        case .alphanumeric, .openAIClassic: byte.isASCIILetterOrDigit
        case .upperAlphanumeric: byte.isASCIIDigit || (byte.isASCIILetter && byte & 0x20 == 0)
        case .hex: byte.isHexDigit
        case .urlSafe: byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        case .base64: byte.isASCIILetterOrDigit || "+/=".utf8.contains(byte)
        case .jsonWebToken: byte.isASCIILetterOrDigit || "-_.".utf8.contains(byte)
        }
    }

    private func isGenuine(_ found: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = unsafe found.first, unsafe found.contains(where: { $0 != first }) else { return false }
        switch body {
        case .openAIClassic:
            return unsafe found[20..<28].elementsEqual("T3BlbkFJ".utf8)
        case .jsonWebToken:
            let parts = unsafe String(decoding: found, as: UTF8.self).split(
                separator: ".",
                omittingEmptySubsequences: false
            )
            return parts.count == 3 && parts.allSatisfy { $0.utf8.count >= 4 }
        default:
            return true
        }
    }
}
