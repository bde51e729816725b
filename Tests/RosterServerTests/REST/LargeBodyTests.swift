import Foundation
import RosterTestSupport
import Testing

@testable import RosterServer

/// The work that a body of one mebibyte can cause.
@Suite("Large bodies")
struct LargeBodyTests {
    private static let gpt = ServedExample.item(ServedRepository.gpt)

    private func object(_ count: Int, _ value: String = "1") -> String {
        "{" + (0..<count).map { "\"k\($0)\":\(value)" }.joined(separator: ",") + "}"
    }

    @Test func answersHugeBodiesInBoundedTime() async throws {
        let server = try await ServedExample(isOpen: true)
        let bodies: [(body: String, status: Int)] = [
            (object(20_000), 422), ("{\"config\":\(object(12_000))}", 422),
            ("{\"config\":\(object(4_000, "null"))}", 405),
            ("{\"config\":\(object(2_000))}", 405), ("{\"config\":{\"a\":\(object(1_000, "[1]"))}}", 405),
            ("{\"name\":\"\(String(repeating: "x", count: 1_000_000))\"}", 422),
            (String(repeating: "{\"a\":", count: 100_000), 400),
        ]
        let clock = ContinuousClock()
        for (body, status) in bodies {
            var answer: HTTPAnswer?
            let time = try await clock.measure { answer = try await server.request("PATCH", Self.gpt, body: body) }
            #expect(answer?.status == status, "\(body.prefix(40)) \(answer?.text.prefix(300) ?? "")")
            // A quadratic reader takes hours for some of these; other tests run at the same time.
            #expect(time < .seconds(120) && (answer?.body.count ?? 0) < 400_000, "\(body.prefix(40)) \(time)")
        }
    }
}
