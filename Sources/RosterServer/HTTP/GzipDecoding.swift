import CZlib

/// Decompression of the gzip format (RFC 1952) into memory of a known size.
package enum GzipDecoding {
    /// Binary logarithm of the window, plus 16 for the gzip format.
    private static let windowBits: Int32 = 15 + 16

    /// Returns the bytes decompressed; nil when they are not one gzip member of exactly `size` bytes and nothing after it.
    ///
    /// No byte beyond `size` is produced, however many the compressed bytes stand for.
    package static func decompress(_ bytes: Span<UInt8>, size: Int) -> [UInt8]? {
        guard size >= 0, size <= Int(UInt32.max), bytes.count <= Int(UInt32.max) else { return nil }
        var stream = unsafe z_stream()
        // zlib keeps the address of the stream, so all calls are made with the same pointer.
        return unsafe withUnsafeMutablePointer(to: &stream) { stream in
            guard
                unsafe inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
            else { return nil }
            defer { _ = unsafe inflateEnd(stream) }
            return unsafe inflate(bytes, size, stream)
        }
    }

    private static func inflate(
        _ bytes: Span<UInt8>,
        _ size: Int,
        _ stream: UnsafeMutablePointer<z_stream>
    ) -> [UInt8]? {
        var isComplete = false
        // zlib requires an address to write to also for an empty output.
        let output = unsafe [UInt8](unsafeUninitializedCapacity: max(size, 1)) { output, count in
            unsafe bytes.withUnsafeBufferPointer { input in
                // zlib does not write to its input, although its C type would allow it.
                unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(input.count)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(size)
                let result = unsafe CZlib.inflate(stream, Z_FINISH)
                isComplete =
                    unsafe result == Z_STREAM_END && stream.pointee.avail_out == 0 && stream.pointee.avail_in == 0
                count = isComplete ? size : 0
            }
        }
        return isComplete ? output : nil
    }
}
