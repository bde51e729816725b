import Glibc

/// A growing buffer of bytes with a single owner.
///
/// An array checks before each mutation whether its storage is shared. For a document of many small pieces, this check
/// costs as much as the bytes.
@safe
struct ByteOutput: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    /// Creates an empty buffer with room for a number of bytes.
    init(capacity: Int) {
        self.capacity = max(capacity, 64)
        unsafe start = .allocate(capacity: self.capacity)
    }

    deinit { unsafe start.deallocate() }

    /// A copy of the bytes.
    var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: start, count: count)) }

    /// The bytes as text.
    var text: String { unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

    /// Removes all bytes and keeps the capacity.
    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        unsafe start[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        append(atMost: bytes.count) { unsafe $0.append(bytes) }
    }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        unsafe append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends the bytes that `body` appends, at most `limit`.
    @inline(__always)
    mutating func append(atMost limit: Int, _ body: (inout OutputSpan<UInt8>) -> Void) {
        if limit > capacity - count { grow(by: limit) }
        let rest = unsafe UnsafeMutableBufferPointer(start: start + count, count: limit)
        var output = unsafe OutputSpan(buffer: rest, initializedCount: 0)
        body(&output)
        count += unsafe output.finalize(for: rest)
    }

    /// Appends a copy of the bytes at `range`, as far as they exist.
    mutating func append(again range: Range<Int>) {
        let range = range.clamped(to: 0..<count)
        if range.count > capacity - count { grow(by: range.count) }
        unsafe memcpy(start + count, start + range.lowerBound, range.count)
        count += range.count
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        let larger = max(2 * capacity, count + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe moved.moveInitialize(from: start, count: count)
        unsafe start.deallocate()
        unsafe start = moved
        capacity = larger
    }
}
