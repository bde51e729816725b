import CZlib

/// Compression in the gzip format: RFC 1952.
package enum GzipEncoding {
    /// The number of bytes that are compressed at most, well below what zlib counts in 32 bits.
    private static let limit = 1 << 30
    /// Binary logarithm of the window, plus 16 for the gzip format.
    private static let windowBits: Int32 = 15 + 16
    private static let memoryLevel: Int32 = 8

    /// Returns the bytes compressed, always the same for the same bytes; nil when they are too many, or memory is short.
    package static func compress(_ bytes: Span<UInt8>) -> [UInt8]? {
        guard bytes.count <= limit else { return nil }
        var stream = unsafe z_stream()
        // zlib keeps the address of the stream, so all calls are made with the same pointer.
        return unsafe withUnsafeMutablePointer(to: &stream) { stream in
            guard
                unsafe deflateInit2_(
                    stream,
                    Z_DEFAULT_COMPRESSION,
                    Z_DEFLATED,
                    windowBits,
                    memoryLevel,
                    Z_DEFAULT_STRATEGY,
                    ZLIB_VERSION,
                    Int32(MemoryLayout<z_stream>.size)
                ) == Z_OK
            else { return nil }
            defer { _ = unsafe deflateEnd(stream) }
            return unsafe deflate(bytes, stream)
        }
    }

    /// Compresses all bytes in one call, into a buffer of the size that zlib estimates as the largest.
    private static func deflate(_ bytes: Span<UInt8>, _ stream: UnsafeMutablePointer<z_stream>) -> [UInt8]? {
        let bound = Int(unsafe deflateBound(stream, UInt(bytes.count)))
        guard bound <= Int(UInt32.max) else { return nil }
        var isComplete = false
        let compressed = unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            unsafe bytes.withUnsafeBufferPointer { input in
                // zlib does not write to its input, although its C type would allow it.
                unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(input.count)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(bound)
                isComplete = unsafe CZlib.deflate(stream, Z_FINISH) == Z_STREAM_END
                count = unsafe isComplete ? bound - Int(stream.pointee.avail_out) : 0
            }
        }
        return isComplete ? compressed : nil
    }
}
