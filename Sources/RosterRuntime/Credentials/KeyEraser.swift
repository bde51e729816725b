import RosterModel
import SealedBoxes

/// Removes a key from a provider's answers.
///
/// It finds the key, any run of 12 of its bytes, and both in base64, hexadecimal, percent-encoding and JSON's escapes.
/// The runs of the key are found with a table of positions, which is in secret memory, as the key is.
struct KeyEraser: ~Copyable {
    private static let runLength = 12
    static let mark = "[redacted]"
    /// The size of the parts in which a text is searched, since each part is decoded in several ways.
    private static let pieceLength = 1 << 16
    /// More bytes than the longest encoding of a run: base64 with each character escaped.
    private static let overlap = 256

    /// The secrets, concatenated.
    private let bytes: SecretBytes
    /// Runs by their hash: a position in ``bytes``, plus one.
    private let table: SecretBytes
    private let slots: Int
    /// Secrets that are shorter than a run, which are only found whole.
    private let short: [Range<Int>]

    /// The length of the shortest run that is found.
    private var shortest: Int { short.map(\.count).min() ?? Self.runLength }

    /// Creates an eraser without secrets.
    var isEmpty: Bool { bytes.count == 0 }

    init(_ credential: borrowing ProviderCredential) throws(ProviderFailure) {
        do {
            switch credential {
            case .none: self.init(try SecretBytes(zeroes: 0), [], try SecretBytes(zeroes: 0))
            case .key(let key): try unsafe self.init(joining: [key.count]) { unsafe key.copy(to: $0, at: 0) }
            case .signing(let key):
                let (first, second) = (key.accessKeyID.count, key.secretAccessKey.count)
                try unsafe self.init(joining: [first, second, key.sessionToken.count]) { buffer in
                    unsafe key.accessKeyID.copy(to: buffer, at: 0)
                    unsafe key.secretAccessKey.copy(to: buffer, at: first)
                    unsafe key.sessionToken.copy(to: buffer, at: first + second)
                }
            }
        } catch { throw .noMemory }
    }

    private init(_ bytes: consuming SecretBytes, _ parts: [Range<Int>], _ table: consuming SecretBytes) {
        slots = table.count / 2
        self.bytes = bytes
        self.table = table
        short = parts.filter { $0.count < Self.runLength && !$0.isEmpty }
    }

    private init(
        joining lengths: [Int],
        _ write: (UnsafeMutableRawBufferPointer) -> Void
    ) throws(SecretBytes.Unavailable) {
        var parts: [Range<Int>] = []
        for length in lengths {
            let start = parts.last?.upperBound ?? 0
            parts.append(start..<start + length)
        }
        let count = parts.last?.upperBound ?? 0
        var bytes = try SecretBytes(zeroes: count)
        unsafe bytes.withMutableBytes { unsafe write($0) }
        var slots = 64
        while slots < 4 * count { slots *= 2 }
        var table = try SecretBytes(zeroes: 2 * slots)
        unsafe table.withMutableBytes { table in
            unsafe bytes.withBytes { bytes in
                for part in parts where part.count >= Self.runLength {
                    for position in part.lowerBound...part.upperBound - Self.runLength {
                        var slot = unsafe Self.hash(bytes, position) & (slots - 1)
                        while unsafe table.load(fromByteOffset: 2 * slot, as: UInt16.self) != 0 {
                            slot = (slot + 1) & (slots - 1)
                        }
                        unsafe table.storeBytes(of: UInt16(position + 1), toByteOffset: 2 * slot, as: UInt16.self)
                    }
                }
            }
        }
        self.init(bytes, parts, table)
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int {
        let head = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let tail = unsafe bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt32.self)
        let mixed = (head ^ UInt64(tail) &<< 32) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 34)
    }

    /// Returns a text without the key.
    func erase(_ text: String) -> String {
        guard !isEmpty else { return text }
        let source = Array(text.utf8)
        guard let hidden = hiddenBytes(of: source) else { return text }
        return Self.text(of: source[...], hidden)
    }

    /// Returns the beginning of a text without the key: at most `length` Unicode scalars, the last of them "…" when the
    /// text goes on.
    ///
    /// The time that it takes depends on `length` alone. The text is cut first, so far past what is returned that each
    /// run of the key that overlaps the returned part is complete.
    func erasedPrefix(of text: String, length: Int) -> String {
        let most = 4 * length
        let source = Array(text.utf8.prefix(most + Self.overlap))
        guard source.count < text.utf8.count else { return erase(text).excerpt(length) }
        var end = most
        while end > 0, source[end] & 0xC0 == 0x80 { end -= 1 }
        let hidden = isEmpty ? nil : hiddenBytes(of: source)
        let erased = hidden.map { Self.text(of: source[..<end], $0) } ?? String(decoding: source[..<end], as: UTF8.self)
        return (erased + "…").excerpt(length)
    }

    /// Returns a flag for each byte that is part of a trace of the key; nil when there is none.
    private func hiddenBytes(of source: [UInt8]) -> [Bool]? {
        var hidden = [Bool](repeating: false, count: source.count)
        var isClean = true
        var start = 0
        while start < source.count {
            let end = min(start + Self.pieceLength, source.count)
            for view in TextView.all(of: Array(source[start..<end]), shortest: shortest) {
                for run in matches(in: view.bytes) {
                    isClean = false
                    for index in run { for offset in view.origins[index] { hidden[start + offset] = true } }
                }
            }
            guard end < source.count else { break }
            start = end - Self.overlap
        }
        return isClean ? nil : hidden
    }

    private static func text(of source: ArraySlice<UInt8>, _ hidden: [Bool]) -> String {
        var result: [UInt8] = []
        for offset in source.indices {
            if !hidden[offset] {
                result.append(source[offset])
            } else if offset == 0 || !hidden[offset - 1] {
                result += mark.utf8
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Returns the positions of runs of the key in bytes.
    private func matches(in text: [UInt8]) -> [Range<Int>] {
        unsafe text.withUnsafeBytes { text in
            unsafe bytes.withBytes { key in
                unsafe table.withBytes { table in
                    var found: [Range<Int>] = []
                    for offset in 0..<max(0, text.count - Self.runLength + 1) {
                        var slot = unsafe Self.hash(text, offset) & (slots - 1)
                        while true {
                            let position = unsafe Int(table.load(fromByteOffset: 2 * slot, as: UInt16.self)) - 1
                            guard position >= 0 else { break }
                            let end = Self.runLength
                            if unsafe text[offset..<offset + end].elementsEqual(key[position..<position + end]) {
                                found.append(offset..<offset + end)
                                break
                            }
                            slot = (slot + 1) & (slots - 1)
                        }
                    }
                    for part in short {
                        for offset in 0..<max(0, text.count - part.count + 1)
                        where unsafe text[offset..<offset + part.count].elementsEqual(key[part]) {
                            found.append(offset..<offset + part.count)
                        }
                    }
                    return found
                }
            }
        }
    }
}

extension SecretBytes {
    func copy(to buffer: UnsafeMutableRawBufferPointer, at offset: Int) {
        unsafe withBytes { unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[offset...]).copyMemory(from: $0) }
    }
}
