import RosterModel
import Synchronization
import Testing

@testable import RosterRuntime

@Suite("Pinging many providers")
struct PingSurveyTests {
    private static let answer = ProviderAnswer(
        status: 200,
        headers: [("content-type", "application/json")],
        body: Array(#"{"choices": [{"message": {"role": "assistant", "content": "pong"}}]}"#.utf8)
    )

    /// The number of requests that run, and the most that ever ran at the same time.
    private final class Requests: Sendable {
        let numbers = Mutex((running: 0, most: 0))
    }

    @Test("Returns outcomes in the order of the names, with a limited number of requests at the same time")
    func order() async throws {
        let requests = Requests()
        let survey = PingSurvey { _ throws(ProviderFailure) in
            requests.numbers.withLock { numbers in
                numbers.running += 1
                numbers.most = max(numbers.most, numbers.running)
            }
            for _ in 0..<3 { await Task.yield() }
            requests.numbers.withLock { $0.running -= 1 }
            return (Self.answer, .milliseconds(1))
        }
        let names = (0..<40).map { "acme/p\($0)" }
        let outcomes = await survey.run(names) { _ in .open(try TestProvider.endpoint()) }
        #expect(outcomes.map(\.provider) == names)
        #expect(outcomes.allSatisfy { $0.status == 200 && $0.firstLine == "pong" && $0.error == nil })
        #expect((1...PingSurvey.width).contains(requests.numbers.withLock { $0.most }))
    }

    @Test("Reports providers that are skipped, cannot be opened, or do not answer")
    func failures() async throws {
        let refused = ProviderFailure(.connection, "it does not answer", help: "wait")
        let survey = PingSurvey { _ throws(ProviderFailure) in throw refused }
        let outcomes = await survey.run(["skipped", "closed", "odd", "silent"]) { name in
            switch name {
            case "skipped": return .outcome(PingOutcome(provider: name, skipped: "why"))
            case "closed": throw ProviderFailure(.identity, "no identity", help: "give one")
            case "odd": throw CancellationError()
            default: return .open(try TestProvider.endpoint())
            }
        }
        #expect(outcomes.map(\.skipped) == ["why", nil, nil, nil])
        #expect(outcomes.map(\.error) == [nil, "no identity", "it cannot be used", "it does not answer"])
        #expect(outcomes.map(\.help) == [nil, "give one", nil, "wait"])
        #expect(outcomes[3].endpoint?.hasPrefix("http://127.0.0.1:1/") == true)
    }

    @Test("Sends nothing when requests are shown")
    func shows() async throws {
        let survey = PingSurvey { _ throws(ProviderFailure) in
            throw ProviderFailure(.connection, "a request was sent")
        }
        var shown: [String] = []
        let outcomes = await survey.run(["a", "b"], showing: { request, _ in shown.append(request.method) }) { _ in
            .open(try TestProvider.endpoint())
        }
        #expect(shown == ["POST", "POST"])
        #expect(outcomes == [PingOutcome(provider: "a"), PingOutcome(provider: "b")])
    }
}
