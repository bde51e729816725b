/// Secret bytes that grow at their end.
package struct SecretBuffer: ~Copyable {
    private var storage: SecretBytes
    /// The number of bytes.
    package private(set) var count = 0

    /// Creates an empty buffer.
    package init() throws(SecretBytes.Unavailable) { storage = try SecretBytes(zeroes: 1024) }

    /// Appends a copy of bytes, which are not those of the buffer itself.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(SecretBytes.Unavailable) {
        let (start, end) = (count, count + bytes.count)
        if end > storage.count {
            var larger = try SecretBytes(zeroes: max(end, 2 * storage.count))
            unsafe storage.withBytes { old in
                unsafe larger.withMutableBytes { unsafe $0.copyMemory(from: old) }
            }
            storage = larger
        }
        unsafe storage.withMutableBytes { storage in
            unsafe UnsafeMutableRawBufferPointer(rebasing: storage[start..<end]).copyMemory(from: bytes)
        }
        count = end
    }

    /// Appends a text that is not secret.
    package mutating func append(_ text: String) throws(SecretBytes.Unavailable) {
        try unsafe Array(text.utf8).span.withUnsafeBytes { (bytes) throws(SecretBytes.Unavailable) in
            try unsafe append(bytes)
        }
    }

    /// Calls a closure with the bytes; the pointer must not escape.
    package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe storage.withBytes { (bytes) throws(Failure) in
            try unsafe body(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
    }
}
