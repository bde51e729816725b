import Glibc

/// Bytes that are written one behind another, into memory that grows with them and that nobody else has.
///
/// An array would ask before each of them whether it is shared. What is written is a document of many small pieces, and
/// that question would cost as much as their bytes.
@safe
struct ByteOutput: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    /// Sets so many bytes aside.
    init(capacity: Int) {
        self.capacity = max(capacity, 64)
        unsafe start = .allocate(capacity: self.capacity)
    }

    deinit { unsafe start.deallocate() }

    /// What was written, copied.
    var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: start, count: count)) }

    /// What was written, as text.
    var text: String { unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

    /// Forgets what was written, and keeps the room.
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

    /// Appends what `body` does, which may be so many bytes.
    @inline(__always)
    mutating func append(atMost limit: Int, _ body: (inout OutputSpan<UInt8>) -> Void) {
        if limit > capacity - count { grow(by: limit) }
        let rest = unsafe UnsafeMutableBufferPointer(start: start + count, count: limit)
        var output = unsafe OutputSpan(buffer: rest, initializedCount: 0)
        body(&output)
        count += unsafe output.finalize(for: rest)
    }

    /// Appends once more what stands at some place.
    mutating func append(again range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
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
