import RosterModel
import Synchronization
import Testing

@testable import RosterRuntime

@Suite("Comparing default models with the lists of providers")
struct ModelSurveyTests {
    private static func answer(_ body: String, status: Int = 200) -> ProviderAnswer {
        ProviderAnswer(status: status, headers: [("content-type", "application/json")], body: Array(body.utf8))
    }

    /// The numbers of requests that run, and the requests.
    private final class Requests: Sendable {
        let running = Mutex((now: 0, most: 0))
        let targets = Mutex<[String]>([])
    }

    @Test("Returns results in the order of the names, with a limited number of requests at the same time")
    func order() async throws {
        let requests = Requests()
        let survey = ModelSurvey { request throws(ProviderFailure) in
            requests.targets.withLock { $0.append(request.method) }
            requests.running.withLock { numbers in
                numbers.now += 1
                numbers.most = max(numbers.most, numbers.now)
            }
            for _ in 0..<3 { await Task.yield() }
            requests.running.withLock { $0.now -= 1 }
            return Self.answer(#"{"data": [{"id": "m"}]}"#)
        }
        let results = await survey.run((0..<60).map { "acme/p\($0)" }) { name in
            name == "acme/p7"
                ? .result(ModelCheck(name, .undecided, reason: "no")) : .open(try TestProvider.endpoint())
        }
        #expect(results.count == 60 && results[7].verdict == .undecided)
        #expect(results.count { $0.verdict == .served && $0.status == 200 } == 59)
        #expect((2...ModelSurvey.width).contains(requests.running.withLock { $0.most }))
        #expect(requests.targets.withLock { Set($0) } == ["GET"])
    }

    @Test func readsPagesUntilTheModelIsFound() async throws {
        let requests = Requests()
        func survey(_ last: String) -> ModelSurvey {
            ModelSurvey { request throws(ProviderFailure) in
                requests.targets.withLock { $0.append(request.target) }
                return request.target.contains("after=")
                    ? Self.answer(#"{"data": [{"id": "\#(last)"}], "has_more": true, "last_id": "c"}"#)
                    : Self.answer(#"{"data": [{"id": "a"}], "has_more": true, "last_id": "b"}"#)
            }
        }
        let found = await survey("m").run(["p"]) { _ in .open(try TestProvider.endpoint()) }
        #expect(found.map(\.verdict) == [.served])
        #expect(requests.targets.withLock { $0 } == ["/v1/models", "/v1/models?after=b"])
        let endless = await survey("x").run(["p"]) { _ in .open(try TestProvider.endpoint()) }
        #expect(endless[0].verdict == .undecided && endless[0].reason?.contains("has no end") == true)
    }

    @Test(
        "The verdict follows from the failure",
        arguments: [
            (.connection, .unreachable), (.timeout, .unreachable), (.tls, .unreachable), (.address, .unreachable),
            (.refused(status: 401), .keyRefused), (.refused(status: 403), .keyRefused),
            (.refused(status: 404), .undecided), (.refused(status: 500), .undecided), (.redirect, .undecided),
            (.tooLarge, .undecided), (.malformedAnswer, .undecided),
        ] as [(ProviderFailure.Code, ModelCheck.Verdict)]
    )
    func failures(code: ProviderFailure.Code, verdict: ModelCheck.Verdict) async throws {
        let survey = ModelSurvey { _ throws(ProviderFailure) in throw ProviderFailure(code, "why", help: "how") }
        let results = await survey.run(["p"]) { _ in .open(try TestProvider.endpoint()) }
        #expect(results.map(\.verdict) == [verdict] && results[0].reason == "why" && results[0].help == "how")
        let closed = await survey.run(["p"]) { _ in throw ProviderFailure(.identity, "no identity") }
        #expect(closed.map(\.verdict) == [.undecided] && !closed[0].isAnswered)
    }

    @Test func exitCodeIsOfTheWorstResult() {
        func check(_ verdict: ModelCheck.Verdict, status: Int? = 200) -> ModelCheck {
            var check = ModelCheck("p", verdict, reason: nil)
            check.status = status
            return check
        }
        #expect(ModelCheck.exitCode(of: []) == 0)
        #expect(ModelCheck.exitCode(of: [check(.served), check(.undecided), check(.unreachable, status: nil)]) == 0)
        #expect(ModelCheck.exitCode(of: [check(.served), check(.missing)]) == 1)
        #expect(ModelCheck.exitCode(of: [check(.keyRefused), check(.unreachable, status: nil)]) == 1)
        #expect(ModelCheck.exitCode(of: [check(.unreachable, status: nil), check(.undecided, status: nil)]) == 3)
    }

    @Test(
        "A list has a model by any of its names",
        arguments: [
            (.openai, "m", ["a", "m"], true), (.openai, "gpt-4o", ["gpt-4o-2024-08-06", "GPT-4o"], false),
            (.google, "gemini", ["gemini"], true), (.google, "models/gemini", ["gemini"], true),
            (.google, "publishers/google/models/gemini", ["gemini"], true),
            (.google, "tunedModels/mine", ["mine"], false), (.ollama, "llama3.2", ["llama3.2:latest"], true),
            (.ollama, "llama3.2:1b", ["llama3.2:latest"], false),
            (.ollama, "llama3.2:latest", ["llama3.2:latest"], true),
            (.bedrock, "us.anthropic.claude-v1:0", ["anthropic.claude-v1:0"], true),
            (.bedrock, "anthropic.claude-v1:0", ["anthropic.claude-v1"], true),
            (.bedrock, "arn:aws:bedrock:us-east-1::foundation-model/a.b-v1:0", ["a.b-v1:0"], true),
            (.bedrock, "jp.anthropic.claude", ["anthropic.claude"], false),
        ] as [(ProviderSlug, String, [String], Bool)]
    )
    func names(slug: ProviderSlug, wanted: String, list: [String], isServed: Bool) throws {
        var record = try TestProvider.endpoint(slug).provider.record
        record.defaultModel = wanted
        #expect(ModelNames(of: record).isServed(by: list) == isServed)
    }

    @Test func similarNamesAreFewAndOrdered() {
        let models = ["text-embedding-3-large", "gpt-4.1", "gpt-4o-mini", "gpt-4o", "o3", "gpt-5", "gpt-4o"]
        #expect(ModelNames.nearest(to: "gpt-4", among: models) == ["gpt-4o", "gpt-5", "gpt-4.1"])
        #expect(ModelNames.nearest(to: "claude", among: ["whisper-1"]) == [])
        let clock = ContinuousClock()
        let many = (0..<10_000).map { String(repeating: "x", count: 100) + "\($0)" }
        #expect(
            clock.measure { _ = ModelNames.nearest(to: String(repeating: "y", count: 500), among: many) } < .seconds(20)
        )
    }
}
