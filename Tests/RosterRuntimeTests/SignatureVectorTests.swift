import Foundation
import RosterBytes
import RosterModel
import SealedBoxes
import Testing

@testable import RosterRuntime

/// AWS's own test suite of Signature Version 4.
@Suite("Signature Version 4: the published vectors")
struct SignatureVectorTests {
    struct Suite: Decodable {
        var accessKeyId: String
        var secretAccessKey: String
        var region: String
        var service: String
        var moment: String
        var cases: [Vector]
    }

    struct Vector: Decodable, CustomTestStringConvertible, Sendable {
        var name: String
        var token: String?
        var signsBody: Bool
        var request: String
        var canonical: String
        var signature: String

        var testDescription: String { name }
    }

    static let suite: Suite? = {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/aws-signature-v4.json")
        return (try? Data(contentsOf: url)).flatMap { try? JSONDecoder().decode(Suite.self, from: $0) }
    }()

    @Test("Has all published vectors")
    func count() { #expect(Self.suite?.cases.count == 31) }

    @Test("Canonical request and signature are AWS's", arguments: suite?.cases ?? [])
    func vector(_ vector: Vector) throws {
        let suite = try #require(Self.suite)
        let moment = try #require(Timestamp(suite.moment))
        let signer = AWSSigner(region: suite.region, service: suite.service, at: moment)
        let request = try Self.parse(vector, date: signer.date)
        #expect(request.canonical == vector.canonical)
        let key = try Self.secret(suite.secretAccessKey)
        #expect(try signer.signature(of: request, key) == vector.signature)
        let header = try signer.authorization(
            request,
            SigningKey(
                accessKeyID: try Self.secret(suite.accessKeyId),
                secretAccessKey: key,
                sessionToken: try Self.secret("")
            )
        )
        #expect(header.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "))
        #expect(header.hasSuffix("Signature=\(vector.signature)"))
    }

    /// A request as the suite writes one: a line, headers, an empty line, a body.
    private static func parse(_ vector: Vector, date: String) throws -> SigningRequest {
        let text = vector.request.replacing("\r\n", with: "\n")
        let end = text.range(of: "\n\n")
        let head = end.map { text[..<$0.lowerBound] } ?? text[...]
        let body = end.map { Array(text[$0.upperBound...].utf8) } ?? []
        var lines = head.split(separator: "\n")
        let start = lines.removeFirst()
        let first = try #require(start.firstIndex(of: " "))
        let last = try #require(start.lastIndex(of: " "))
        let target = start[start.index(after: first)..<last]
        let mark = target.firstIndex(of: "?") ?? target.endIndex
        var headers: [(name: String, value: String)] = []
        for line in lines {
            guard let colon = line.firstIndex(of: ":"), !line.hasPrefix(" ") else {
                headers[headers.count - 1].value += "\n" + line
                continue
            }
            headers.append((String(line[..<colon]), String(line[line.index(after: colon)...])))
        }
        headers.append(("X-Amz-Date", date))
        if let token = vector.token { headers.append(("X-Amz-Security-Token", token)) }
        if vector.signsBody { headers.append(("X-Amz-Content-Sha256", Digest.sha256(of: body.span).hex)) }
        return SigningRequest(
            method: String(start[..<first]),
            path: String(target[..<mark]),
            query: String(target[mark...].dropFirst()),
            headers: headers,
            body: body
        )
    }

    static func secret(_ text: String) throws -> SecretBytes {
        var bytes = try SecretBytes(zeroes: text.utf8.count)
        bytes.withMutableBytes { $0.copyBytes(from: text.utf8) }
        return bytes
    }
}
