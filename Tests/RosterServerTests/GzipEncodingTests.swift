import CZlib
import NIOCore
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Gzip")
struct GzipEncodingTests {
    /// Decompresses with zlib's own reader of the format.
    private static func decompress(_ bytes: [UInt8], count: Int) throws -> [UInt8] {
        var (stream, input) = (z_stream(), bytes)
        return try withUnsafeMutablePointer(to: &stream) { stream in
            let isReady = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
            try #require(isReady)
            defer { inflateEnd(stream) }
            var status = Z_OK
            let output = [UInt8](unsafeUninitializedCapacity: count + 1) { output, length in
                input.withUnsafeMutableBufferPointer { input in
                    stream.pointee.next_in = input.baseAddress
                    stream.pointee.avail_in = UInt32(input.count)
                    stream.pointee.next_out = output.baseAddress
                    stream.pointee.avail_out = UInt32(count + 1)
                    status = inflate(stream, Z_FINISH)
                    length = count + 1 - Int(stream.pointee.avail_out)
                }
            }
            #expect(status == Z_STREAM_END && stream.pointee.avail_in == 0)
            return output
        }
    }

    @Test("Compresses bytes of any kind so that they can be read again", arguments: [UInt64.random(in: .min ... .max)])
    func roundTrip(seed: UInt64) throws {
        var numbers = SeededGenerator(seed: seed)
        for size in [0, 1, 2, 1_000, 65_535, 65_536, 1_000_000, Int.random(in: 0...300_000, using: &numbers)] {
            for isRandom in [true, false] {
                let bytes = (0..<size).map {
                    isRandom ? UInt8.random(in: .min ... .max, using: &numbers) : UInt8($0 / 7 % 5)
                }
                let result = GzipEncoding.compress(bytes.span)
                let compressed = try #require(result)
                #expect(try Self.decompress(compressed, count: size) == bytes)
                #expect(GzipEncoding.compress(bytes.span) == compressed)
                #expect(isRandom || size < 1_000 || compressed.count < size / 10)
                #expect(compressed.prefix(3) == [0x1F, 0x8B, 0x08])
            }
        }
    }

    @Test func compressedResponseHasItsOwnTag() throws {
        let body = Array(String(repeating: "roster ", count: 1_000).utf8)
        let fields = ResponseFields(["Cache-Control": "no-store"])
        for tag in [nil, EntityTag(of: body.span)] {
            let plain = EncodedResponse(body, type: "text/plain", fields: fields, tag: tag)
            let compressed = try #require(ContentCoding.gzip(plain, type: "text/plain", fields: fields))
            let head = String(decoding: compressed.bytes.readableBytesView.prefix(compressed.headLength), as: UTF8.self)
            #expect(
                head.contains("Content-Encoding: gzip\r\n") && head.contains("Content-Length: \(compressed.bodyLength)")
            )
            #expect((compressed.tag == nil) == (tag == nil) && (tag == nil || compressed.tag != tag))
            #expect(try Self.decompress(Array(compressed.body), count: body.count) == body)
        }
    }
}
