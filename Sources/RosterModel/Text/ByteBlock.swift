/// Sixteen bytes of a text that are looked at together.
struct ByteBlock {
    static let length = 16

    /// Those bytes of a block for which something holds.
    typealias Selection = SIMDMask<SIMD16<Int8>>

    private let bytes: SIMD16<UInt8>

    /// Takes the bytes from an offset on, behind which there must be enough.
    @unsafe
    init(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) {
        bytes = unsafe UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
    }

    /// The bytes that are this one.
    static func == (block: ByteBlock, byte: Unicode.Scalar) -> Selection {
        block.bytes .== SIMD16(repeating: UInt8(ascii: byte))
    }

    /// The bytes that are printable ASCII, LF or TAB.
    @inline(__always)
    fileprivate var plainText: Selection {
        (bytes &- SIMD16(repeating: 0x20)) .< SIMD16(repeating: 0x7F - 0x20) .| self == "\n" .| self == "\t"
    }
}

extension ByteBlock.Selection {
    /// Whether it is every byte.
    @inline(__always)
    var isAll: Bool { words == SIMD2(repeating: .max) }

    /// Calls `body` with the position of each byte in the block, in order; few are expected.
    @inline(__always)
    func forEach(_ body: (_ position: Int) -> Void) {
        let words = words
        guard words != SIMD2(repeating: 0) else { return }
        for half in 0..<2 {
            var rest = words[half].littleEndian
            while rest != 0 {
                let position = rest.trailingZeroBitCount / 8
                body(half * 8 + position)
                rest &= ~(0xFF << UInt64(position * 8))
            }
        }
    }

    /// The selection as bits, eight for each byte.
    @inline(__always)
    private var words: SIMD2<UInt64> {
        let bytes = SIMD16<UInt8>(repeating: 0).replacing(with: 0xFF, where: self)
        return unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where the next byte stands that is not printable ASCII, LF or TAB; the end when there is none.
    package func endOfPlainText(from start: Int) -> Int {
        var offset = start
        while unsafe offset + ByteBlock.length <= count && ByteBlock(self, at: offset).plainText.isAll {
            offset += ByteBlock.length
        }
        while unsafe offset < count && self[offset].isPlainText { offset += 1 }
        return offset
    }
}
