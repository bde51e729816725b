import Foundation
import RosterTestSupport
import Testing

/// `roster ping` and `roster models` with arbitrary responses of a provider.
@Suite("roster ping and models")
struct PingProgramTests {
    @Test func printsFourLines() async throws {
        let server = try RecordingServer(
            answers: #"""
                {"POST /v1/chat/completions": [{"body": {"choices": [{"message": {"content": "\n first\u001b[31m\nsecond"}}]}}]}
                """#
        )
        let repository = try await RuntimeRepository.at(server)
        let run = try await repository.run("ping", "acme/openai")
        let lines = run.output.split(separator: "\n")
        #expect(run.exitCode == 0 && lines.count == 4, "\(run)")
        #expect(lines.first == "endpoint  \(server.url)/v1/chat/completions")
        #expect(lines[1] == "status    200")
        #expect(lines[2].hasSuffix(" ms"))
        #expect(lines[3] == "answer     first\\u{1b}[31m")
        let byID = try await repository.run("ping", "aip_openaiAAAAAAAAAA", "--format", "json")
        let json = try JSONSerialization.jsonObject(with: Data(byID.output.utf8)) as? [String: Any]
        #expect(json?["status"] as? Int == 200 && json?["provider"] as? String == "acme/openai")
        #expect(json?["answer"] as? String == " first\u{1b}[31m")
        #expect(json?["latencyMs"] is Int)
    }

    @Test(
        "An empty response with a success status succeeds",
        arguments: [
            #"{"choices": []}"#, #"{"choices": [{"message": {"content": null}}]}"#,
            #"{"choices": [{"message": {"content": ""}, "finish_reason": "length"}]}"#, "{}",
        ]
    )
    func empty(body: String) async throws {
        let server = try RecordingServer(answers: "{\"*\": [{\"body\": \(body)}]}")
        let run = try await RuntimeRepository.at(server).run("ping", "acme/openai")
        #expect(run.exitCode == 0, "\(run)")
        #expect(run.output.contains("answer    (empty)"))
    }

    @Test(
        "The error message of the provider is reported",
        arguments: [
            ("openai", 401, #"{"error": {"message": "Incorrect API key provided", "type": "invalid_request_error"}}"#),
            ("anthropic", 401, #"{"type": "error", "error": {"type": "a", "message": "Incorrect API key provided"}}"#),
            ("google", 400, #"{"error": {"code": 400, "message": "Incorrect API key provided", "status": "X"}}"#),
            ("google", 400, #"[{"error": {"code": 400, "message": "Incorrect API key provided"}}]"#),
            ("xai", 400, #"{"code": "x", "error": "Incorrect API key provided"}"#),
            ("groq", 403, #"{"error": {"message": "Incorrect API key provided", "code": "x"}}"#),
            ("ollama", 404, #"{"error": "Incorrect API key provided"}"#),
            ("azure", 401, #"{"error": {"code": "401", "message": "Incorrect API key provided"}}"#),
            ("azure", 401, #"{"statusCode": 401, "message": "Incorrect API key provided"}"#),
            ("bedrock", 403, #"{"message": "Incorrect API key provided"}"#),
            ("bedrock", 403, #"{"Message": "Incorrect API key provided"}"#),
            ("gateway", 422, #"{"detail": "Incorrect API key provided"}"#),
            ("gateway", 422, #"{"detail": [{"loc": ["body"], "msg": "Incorrect API key provided"}]}"#),
            ("custom", 500, "Incorrect API key provided"),
            ("custom", 418, #"{"object": "error", "message": "Incorrect API key provided"}"#),
        ] as [(String, Int, String)]
    )
    func refused(slug: String, status: Int, body: String) async throws {
        let quoted = body.hasPrefix("{") || body.hasPrefix("[") ? body : "\"\(body)\""
        let server = try RecordingServer(answers: "{\"*\": [{\"status\": \(status), \"body\": \(quoted)}]}")
        let repository = try await RuntimeRepository()
        try await repository.seal(slug == "bedrock" ? RuntimeRepository.pair : RuntimeRepository.key)
        let config = ["azure": "config: {resourceName: acme}", "bedrock": "config: {region: eu-central-1}"][slug] ?? ""
        try repository.add(slug, "secret: key\nbaseUrl: \(server.url)\n\(config)")
        for command in ["ping", "models"] {
            let run = try await repository.run(command, "acme/\(slug)")
            #expect(run.exitCode == 3 && run.output.isEmpty)
            let words = "acme/\(slug) at \(server.url) answered \(status): Incorrect API key provided"
            #expect(run.error.contains(words), "\(run.error)")
        }
        #expect(try server.records().count == 2)
    }

    @Test(
        "A malformed response is an error",
        arguments: [
            (#"{"body": "<html>hello</html>"}"#, "is not a JSON object"), (#"{"body": "[]"}"#, "is not a JSON object"),
            (#"{"raw": "nonsense\r\n\r\n"}"#, "is not HTTP"), (#"{"raw": ""}"#, "broke before there was an answer"),
            (#"{"raw": "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}"}"#, "broke"),
            (#"{"size": 8388609}"#, "larger than 8388608 bytes"),
            (#"{"size": 8388609, "gzip": true}"#, "larger than 8388608 bytes"),
            (#"{"raw": "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"}"#, "is not HTTP"),
        ]
    )
    func noAnswer(answer: String, words: String) async throws {
        let server = try RecordingServer(answers: "{\"*\": [\(answer)]}")
        let repository = try await RuntimeRepository.at(server)
        for command in ["ping", "models"] {
            let run = try await repository.run(command, "acme/openai")
            #expect(run.exitCode == 3 && run.output.isEmpty)
            #expect(run.error.contains(words) && run.error.contains("error: "), "\(run.error)")
        }
    }

    @Test func decodesCompressedResponse() async throws {
        let server = try RecordingServer(answers: #"{"*": [{"gzip": true}]}"#)
        let run = try await RuntimeRepository.at(server).run("models", "acme/openai")
        #expect(run.output == "*  m1  Model 1  vendor\n")
    }

    @Test(
        "A temporarily rejected request is retried after the time in Retry-After, at most twice",
        arguments: [
            (429, "\"0\"", 3), (503, "\"0\"", 3), (429, "\"Sun, 06 Nov 1994 08:49:37 GMT\"", 3), (429, nil, 1),
            (503, nil, 1), (500, "\"0\"", 1), (502, "\"0\"", 1), (408, "\"0\"", 1), (400, "\"0\"", 1),
            (429, "\"3600\"", 1), (429, "\"-1\"", 1), (429, "\"soon\"", 1), (429, "\"99999999999999999999\"", 1),
        ] as [(Int, String?, Int)]
    )
    func retries(status: Int, after: String?, count: Int) async throws {
        let headers = after.map { "{\"Retry-After\": \($0)}" } ?? "{}"
        let server = try RecordingServer(
            answers: "{\"*\": [{\"status\": \(status), \"headers\": \(headers), \"body\": {\"error\": \"later\"}}]}"
        )
        let run = try await RuntimeRepository.at(server).run("ping", "acme/openai")
        #expect(run.exitCode == 3 && run.error.contains("answered \(status): later"), "\(run.error)")
        #expect(try server.records().count == count)
    }

    @Test func distantRetryAfterDoesNotCrash() async throws {
        let server = try RecordingServer(
            answers: #"""
                {"POST /a/v1/chat/completions": [{"status": 503, "headers": {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"},
                    "body": {"error": "later"}}]}
                """#
        )
        let repository = try await RuntimeRepository()
        try await repository.seal()
        for handle in ["a", "b"] {
            try repository.add("openai", handle: handle, "secret: key\nbaseUrl: \(server.url)/\(handle)")
        }
        let run = try await repository.run("ping", "acme/a")
        #expect(run.exitCode == 3 && run.error.contains("answered 503: later"), "\(run)")
        let all = try await repository.run("ping", "--all")
        #expect(
            all.exitCode == 3 && all.output.contains("pong") && all.output.contains("answered 503: later"),
            "\(all)"
        )
    }

    @Test func truncatesLongText() async throws {
        let text = String(repeating: "x", count: 30_000)
        let server = try RecordingServer(
            answers: """
                {"POST /v1/chat/completions": [{"body": {"choices": [{"message": {"content": "\(text)"}}]}}],
                 "GET /v1/models": [{"body": {"data": [{"id": "m1", "name": "\(text)"}]}}, {"status": 500, "body": "\(text)"}]}
                """
        )
        let repository = try await RuntimeRepository.at(server)
        let commands = [
            ["ping", "acme/openai"], ["ping", "--all"], ["ping", "acme/openai", "--format", "json"],
            ["models", "acme/openai"], ["models", "acme/openai"],
        ]
        for command in commands {
            let run = try await repository.run(command)
            #expect(
                (run.output + run.error).utf8.count < 1_000 && (run.output + run.error).contains("xxx…"),
                "\(command)"
            )
        }
    }

    @Test func succeedsAfterRetry() async throws {
        let server = try RecordingServer(
            answers: #"{"*": [{"status": 429, "headers": {"Retry-After": "1"}}, {}]}"#
        )
        let run = try await RuntimeRepository.at(server).run("ping", "acme/openai")
        #expect(run.exitCode == 0 && run.output.contains("pong"))
        #expect(try server.records().count == 2)
    }

    @Test func timesOut() async throws {
        let server = try RecordingServer(answers: #"{"*": [{"delay": 120}]}"#)
        let repository = try await RuntimeRepository.at(server)
        let start = Date()
        let run = try await repository.run("ping", "acme/openai", "--timeout", "4")
        #expect(
            run.exitCode == 3 && run.error.contains("no whole answer of \(server.url) within 4 s"),
            "\(run.error)"
        )
        // A server that accepts connections and sends nothing.
        try repository.add("custom", "secret: key\nbaseUrl: https://127.0.0.1:\(server.port)")
        let silent = try await repository.run("ping", "acme/custom", "--connect-timeout", "0.4")
        #expect(silent.exitCode == 3, "\(silent.error)")
        #expect(Date().timeIntervalSince(start) < 60)
        for seconds in ["0", "-1", "x", "nan"] {
            #expect(try await repository.run("ping", "acme/openai", "--timeout", seconds).exitCode == 64)
        }
    }

    @Test func reportsRefusedConnectionAndUnknownProvider() async throws {
        let repository = try await RuntimeRepository()
        try await repository.seal()
        try repository.add("openai", "secret: key\nbaseUrl: http://127.0.0.1:1/v1")
        let run = try await repository.run("ping", "acme/openai")
        #expect(run.exitCode == 3)
        #expect(
            run.error.contains("acme/openai: there is no connection to http://127.0.0.1:1: connection refused"),
            "\(run.error)"
        )
        let unknown = try await repository.run("ping", "acme/nobody")
        #expect(unknown.exitCode == 3 && unknown.error.contains("one of acme/openai"), "\(unknown.error)")
        for arguments in [["ping"], ["ping", "a/b", "--all"], ["ping", "a/b", "--ambient"], ["models"]] {
            #expect(try await repository.run(arguments).exitCode == 64)
        }
    }

    @Test func resolvesLocalhostToBothLoopbackAddresses() async throws {
        let server = try RecordingServer()
        let repository = try await RuntimeRepository()
        try repository.add("ollama", "baseUrl: http://localhost:\(server.port)")
        let run = try await repository.run("ping", "acme/ollama")
        #expect(run.exitCode == 0, "\(run.error)")
        #expect(try server.records().first?.header("host") == "localhost:\(server.port)")
        #expect(try server.records().first?.header("authorization") == nil)
    }

    @Test func sendsConfiguredHeadersToGateway() async throws {
        let server = try RecordingServer()
        let repository = try await RuntimeRepository()
        try await repository.seal()
        try repository.add(
            "gateway",
            "secret: key\nbaseUrl: \(server.url)\nconfig:\n  headers: {X-Team: a b, X-Mode: c}"
        )
        try repository.add("openai", "secret: key\nbaseUrl: \(server.url)\nconfig:\n  headers: {X-Team: a b}")
        #expect(try await repository.run("ping", "acme/gateway").exitCode == 0)
        #expect(try await repository.run("ping", "acme/openai").exitCode == 0)
        let records = try server.records()
        #expect(records.map { $0.header("x-team") } == ["a b", nil])
        #expect(records.map { $0.header("x-mode") } == ["c", nil])
    }
}
