import Foundation
import Testing

@testable import SealedBoxes

@Suite("Secret memory")
struct SecretMemoryTests {
    @Test("After release the value is nowhere in the process's memory")
    func release() throws {
        // Made of pieces, so that the whole is nowhere but in secret memory.
        var seed = UInt8.random(in: 1...60)
        let length = 48
        func byte(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: index &* 37 &+ Int(seed)) | 0x80 }
        func fill(_ bytes: UnsafeMutableRawBufferPointer) { for index in 0..<length { bytes[index] = byte(index) } }
        do {
            var input = try SecretBytes(zeroes: length)
            input.withMutableBytes(fill)
            #expect(try occurrences(length, byte) >= 1, "the search finds what is there")
            let value = try SecretValue(input: input)
            let claims = SecretClaims(secretID: "s", projectID: "p", generation: 1, allowedHosts: ["h"])
            let identity = try Identity.generate()
            let key = identity.publicKey
            let sealed = try SecretSealer.seal(value, claims, to: [key])
            var ring = IdentityRing()
            ring.add(identity)
            var opener = try SecretOpener()
            let opened = try opener.open(claims, fingerprint: sealed.fingerprint, boxes: sealed.boxes, with: ring)
            let count = opened.value.count
            #expect(count == length)
        }
        #expect(try occurrences(length, byte) == 0)
        seed = 0
    }

    @Test("Prints a placeholder instead of a secret")
    func description() throws {
        let bytes = try SecretBytes(holding: "secret".utf8)
        let value = try SecretValue(input: bytes)
        let (one, other) = (bytes.description, value.description)
        #expect(one == "[redacted]" && other == "[redacted]")
    }

    @Test("Input over the limit is refused, and at the limit taken")
    func limits() throws {
        for (count, isTaken) in [(10, true), (11, false)] {
            let pipe = Pipe()
            try pipe.fileHandleForWriting.write(contentsOf: Data(repeating: 7, count: count))
            try pipe.fileHandleForWriting.close()
            let descriptor = pipe.fileHandleForReading.fileDescriptor
            do throws(SecretInput.Failure) {
                let bytes = try SecretInput.read(descriptor, limit: 10)
                let got = bytes.count
                #expect(isTaken && got == count)
            } catch {
                #expect(!isTaken && error == .tooLong)
            }
        }
    }

    /// The kernel returns the list one page at a time, and reports its size as zero.
    private func mapsOfThisProcess() throws -> String {
        let file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)
        try #require(file >= 0)
        defer { close(file) }
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let got = read(file, &chunk, chunk.count)
            guard got > 0 else { return String(decoding: text, as: UTF8.self) }
            text += chunk[..<got]
        }
    }

    /// Returns the number of occurrences of the bytes in the writable memory of this process.
    private func occurrences(_ length: Int, _ byte: (Int) -> UInt8) throws -> Int {
        let maps = try mapsOfThisProcess()
        let memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
        try #require(memory >= 0)
        defer { close(memory) }
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        // The next search must not find the copy of this one.
        defer { for index in chunk.indices { chunk[index] = 0 } }
        let first = byte(0)
        var count = 0
        for line in maps.split(separator: "\n") where line.contains(" rw") {
            let bounds = line.split(separator: " ")[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
            // What is larger is set aside and not used: a sanitizer's shadow memory has terabytes.
            guard bounds.count == 2, bounds[1] - bounds[0] < 256 << 20 else { continue }
            var address = bounds[0]
            while address < bounds[1] {
                let got = pread(memory, &chunk, min(chunk.count, Int(bounds[1] - address)), off_t(address))
                guard got >= length else { break }
                for position in 0...(got - length) where chunk[position] == first {
                    if (1..<length).allSatisfy({ chunk[position + $0] == byte($0) }) { count += 1 }
                }
                guard got == chunk.count else { break }
                address += UInt64(got - length + 1)
            }
        }
        return count
    }
}

@Suite("Identities")
struct IdentityTests {
    private let line = VectorTests.vectors.keys[0].identity

    @Test("Accepts comments and blank lines around the line")
    func text() throws {
        for text in [line, line + "\n", "# c\r\n\r\n\(line)\r\n# d", "\(line)  \n"] {
            let identity = try VectorTests.identity(text: text)
            let id = identity.publicKey.id
            #expect(id == VectorTests.vectors.keys[0].id)
        }
    }

    @Test("Rejects any other text")
    func refused() {
        let base = line.dropFirst(Identity.prefix.count)
        for (text, problem) in [
            ("", Identity.Problem.noIdentityLine), ("# \(line)", .noIdentityLine),
            ("\(line)\n\(line)", .severalIdentityLines),
            ("hello\n\(line)", .unexpectedLine(1)), ("\(line)\n x", .unexpectedLine(2)),
            (" \(line)", .unexpectedLine(1)),
            ("\(Identity.prefix)", .notBase64), ("\(Identity.prefix)\(base.dropLast())", .notBase64),
            ("\(Identity.prefix)\(base)=", .notBase64), ("\(Identity.prefix)\(base.dropLast(2))N=", .notBase64),
            ("\(line) x", .notBase64), ("\(Identity.prefix)\(base.dropLast(4))", .notBase64),
        ] {
            do throws(Identity.Problem) {
                let bytes: SecretBytes
                do { bytes = try SecretBytes(holding: text.utf8) } catch { throw .noMemory }
                _ = try Identity(text: bytes)
                Issue.record("\(text.replacing(base, with: "…")) was taken")
            } catch {
                #expect(error == problem)
            }
        }
    }

    @Test("What is written is read again")
    func roundTrip() throws {
        let identity = try Identity.generate()
        let text = try identity.withLine { String(decoding: $0, as: UTF8.self) }
        let again = try VectorTests.identity(text: text)
        let (one, other) = (identity.publicKey, again.publicKey)
        #expect(one == other)
        #expect(text.utf8.count == Identity.prefix.utf8.count + 44)
    }
}

@Suite("Payloads")
struct PayloadTests {
    @Test(
        "A payload cut or lengthened anywhere, or with a byte changed outside the value, says something else or nothing"
    )
    func mutations() throws {
        let claims = SecretClaims(secretID: "sec_1", projectID: "proj_1", generation: 9, allowedHosts: ["b", "a"])
        let salt = try SecretBytes(holding: Array(repeating: 5, count: 16))
        let value = try SecretBytes(holding: "value".utf8)
        let payload = try salt.withBytes { salt in
            try value.withBytes { value in try SecretPayload.encode(claims, salt: salt, value: value) }
        }
        let bytes = payload.withBytes { Array($0) }
        func parsed(_ bytes: [UInt8]) -> SecretPayload.Contents? { bytes.withUnsafeBytes { SecretPayload.parse($0) } }
        let whole = try #require(parsed(bytes))
        #expect(whole.generation == 9 && whole.hosts.count == 2)
        for count in 0..<bytes.count { #expect(parsed(Array(bytes[..<count])) == nil) }
        #expect(parsed(bytes + bytes) == nil)
        #expect(parsed(bytes + [UInt8](repeating: 0, count: 256)) == nil)
        for offset in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[offset] ^= 1 << bit
                guard let other = parsed(changed) else { continue }
                let same =
                    other.generation == whole.generation && other.hosts == whole.hosts && other.salt == whole.salt
                    && other.value == whole.value && other.secretID == whole.secretID
                // Only bytes inside a field, or the generation, may change the claims; no other change is accepted.
                let fields = [whole.secretID, whole.projectID, whole.salt, whole.value] + whole.hosts
                #expect(!same || fields.contains { $0.contains(offset) }, "byte \(offset), bit \(bit)")
            }
        }
    }
}
