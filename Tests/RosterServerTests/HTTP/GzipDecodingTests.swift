import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Decompression of gzip")
struct GzipDecodingTests {
    // A span cannot be an argument within a macro.
    private func compress(_ bytes: [UInt8]) throws -> [UInt8] {
        let compressed = GzipEncoding.compress(bytes.span)
        return try #require(compressed)
    }

    private func decompress(_ bytes: [UInt8], size: Int) -> [UInt8]? {
        GzipDecoding.decompress(bytes.span, size: size)
    }

    @Test(arguments: [0, 1, 5000, 300_000]) func restoresWhatWasCompressed(size: Int) throws {
        var random = SeededGenerator()
        let bytes = (0..<size).map { _ in UInt8.random(in: 0...9, using: &random) }
        let compressed = try compress(bytes)
        #expect(decompress(compressed, size: size) == (size == 0 ? [] : bytes))
    }

    @Test(arguments: [0, 1, 999, 1001, 1 << 40, -1]) func refusesAnyOtherSize(size: Int) throws {
        let bytes = [UInt8](repeating: 7, count: 1000)
        let compressed = try compress(bytes)
        #expect(decompress(compressed, size: size) == nil)
    }

    @Test func refusesBytesAfterTheEnd() throws {
        let bytes = [UInt8](repeating: 7, count: 1000)
        let compressed = try compress(bytes)
        let padded = compressed + [0]
        #expect(decompress(padded, size: 1000) == nil)
        let twice = compressed + compressed
        #expect(decompress(twice, size: 1000) == nil)
        #expect(decompress(twice, size: 2000) == nil)
    }

    @Test func refusesEveryChangedByte() throws {
        var random = SeededGenerator()
        let bytes = (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) }
        let compressed = try compress(bytes)
        for index in compressed.indices where !(4...9).contains(index) {
            // Bytes 4 to 9 are the time and the operating system, which have no meaning.
            var changed = compressed
            changed[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            let result = decompress(changed, size: bytes.count)
            #expect(result == nil || result == bytes, "\(index)")
        }
        for count in 0..<compressed.count {
            let cut = Array(compressed.prefix(count))
            #expect(decompress(cut, size: bytes.count) == nil, "\(count)")
        }
    }
}
