/// Sixteen bytes of a text that are examined together.
public struct ByteBlock {
    /// The number of bytes in a block.
    @inlinable public static var length: Int { 16 }

    /// The bytes of a block that satisfy a condition.
    public typealias Selection = SIMDMask<SIMD16<Int8>>

    @usableFromInline
    let bytes: SIMD16<UInt8>

    /// Loads the bytes that start at `offset`; the text must have ``length`` bytes from there.
    @unsafe @inlinable @inline(__always)
    public init(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) {
        bytes = unsafe UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
    }

    /// Returns the bytes of the block that are equal to `byte`.
    @inlinable @inline(__always)
    public static func == (block: ByteBlock, byte: Unicode.Scalar) -> Selection {
        block.bytes .== SIMD16(repeating: UInt8(ascii: byte))
    }

    /// The bytes that are printable ASCII, LF or TAB.
    @inline(__always)
    fileprivate var plainText: Selection {
        (bytes &- SIMD16(repeating: 0x20)) .< SIMD16(repeating: 0x7F - 0x20) .| self == "\n" .| self == "\t"
    }
}

extension ByteBlock.Selection {
    /// A Boolean value that indicates whether all bytes are selected.
    @inline(__always)
    var isAll: Bool { words == SIMD2(repeating: .max) }

    /// Calls `body` with the position of each selected byte in order.
    ///
    /// It is fast when few bytes are selected.
    @inlinable @inline(__always)
    public func forEach(_ body: (_ position: Int) -> Void) {
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
    @inlinable @inline(__always)
    var words: SIMD2<UInt64> {
        let bytes = SIMD16<UInt8>(repeating: 0).replacing(with: 0xFF, where: self)
        return unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Returns the offset of the first byte at or after `start` that is not printable ASCII, LF or TAB, or `count`.
    package func endOfPlainText(from start: Int) -> Int {
        var offset = start
        while unsafe offset + ByteBlock.length <= count && ByteBlock(self, at: offset).plainText.isAll {
            offset += ByteBlock.length
        }
        while unsafe offset < count && self[offset].isPlainText { offset += 1 }
        return offset
    }
}
