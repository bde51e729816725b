import Foundation
import RosterTestSupport
import Testing

/// Responses that are replayed for repeated requests, which clients must not be able to observe.
@Suite("roster serve: the replay of responses")
struct ServeReplayTests {
    private typealias Repository = ServedRepository
    private typealias Token = ServedRepository.Token

    private static func get(_ target: String, _ fields: String..., method: String = "GET") -> String {
        (["\(method) \(target) HTTP/1.1", "Host: localhost"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    private static func bearer(_ token: Token) -> String { "Authorization: Bearer \(token.text)" }

    /// Returns a response without the fields that differ in each.
    private static func lasting(_ answer: HTTPAnswer) -> [String] {
        let fields = answer.fields.filter { $0.name != "Date" && $0.name != "X-Request-Id" }
        return [String(answer.status)] + fields.map { "\($0.name): \($0.value)" } + [answer.body.description]
    }

    @Test func repeatedRequestsHaveEqualResponses() async throws {
        let repository = try Repository()
        let server = try await RunningServer(repository.folder.path)
        let (list, gpt) = (RunningServer.list, RunningServer.item(Repository.gpt))
        let tag = try #require(try await server.request("GET", gpt, token: Token.all.text)["ETag"])
        let requests = [
            Self.get(list, Self.bearer(.all)), Self.get(list, Self.bearer(.reader)),
            Self.get(list + "?limit=2&offset=1", Self.bearer(.all)), Self.get(list + "?limit=0", Self.bearer(.all)),
            Self.get(list, Self.bearer(.all), "Accept-Encoding: gzip"), Self.get(gpt, Self.bearer(.all)),
            Self.get(gpt, Self.bearer(.all), method: "HEAD"), Self.get(gpt, Self.bearer(.denied)),
            Self.get(gpt, Self.bearer(.expired)), Self.get(gpt),
            Self.get(gpt, Self.bearer(.all), "If-None-Match: \(tag)"),
            Self.get(gpt + "0", Self.bearer(.all)), Self.get("/status", Self.bearer(.all)), Self.get("/livez"),
            Self.get(gpt, Self.bearer(.all), "X-Request-Id: mine"),
            Self.get(gpt, Self.bearer(.lister), "X-Request-Id: no name!"),
        ]
        var ids: Set<String> = []
        let connection = try server.connect()
        var generator = SeededGenerator(seed: 5)
        for (index, request) in (0..<8).flatMap({ _ in requests.enumerated().shuffled(using: &generator) }) {
            // An equivalent request with different bytes.
            let other = request.replacing("\r\n\r\n", with: "\r\nX-Nothing: \(UInt64.random(in: 0 ... .max))\r\n\r\n")
            var answers: [HTTPAnswer] = []
            for request in [request, other] {
                try connection.send(request)
                answers.append(try #require(try await connection.answer(isToHead: request.hasPrefix("HEAD"))))
            }
            #expect(Self.lasting(answers[0]) == Self.lasting(answers[1]), "\(requests[index])")
            for id in answers.map({ $0["X-Request-Id"] ?? "" }) {
                // Each generated request id is unique.
                #expect(request.contains("mine") ? id == "mine" : id.count == 15 && ids.insert(id).inserted)
            }
        }
        // Each request has a log line with the path, the status and the id of the token.
        try await eventually("all are logged") {
            try server.logCount(of: "GET \(gpt) 200 ") == 2 * 16 + 1 && server.logCount(of: "GET \(gpt) 304 0B ") == 16
        }
        #expect(try server.logCount(of: " key_denied0") == 16)
        #expect(!server.log.contains(Token.all.text))
    }

    @Test func repeatedRequestObservesChange() async throws {
        let repository = try Repository()
        let server = try await RunningServer(repository.folder.path)
        let request = Self.get(RunningServer.item(Repository.gpt), Self.bearer(.reader))
        let connection = try server.connect()
        func status() async throws -> (Int, String?) {
            try connection.send(request)
            let answer = try #require(try await connection.answer())
            return (answer.status, answer.object["name"] as? String)
        }
        for _ in 0..<5 { #expect(try await status() == (200, "GPT-4o for checkout")) }
        let file = "providers/acme/gpt-4o.yaml"
        try repository.folder.write(file, repository.folder.read(file).replacing("GPT-4o for checkout", with: "new"))
        try await eventually("the new name is served") { try await status() == (200, "new") }
        for _ in 0..<5 { #expect(try await status() == (200, "new")) }
        let access = try repository.folder.read("roster.yaml")
        let line = try #require(access.split(separator: "\n").first { $0.contains("name: reader") })
        try repository.folder.write("roster.yaml", access.replacing(line + "\n", with: ""))
        try await eventually("the token is unknown") { try await status().0 == 401 }
        for _ in 0..<5 { #expect(try await status().0 == 401) }
        try repository.folder.write("roster.yaml", access)
        try await eventually("the token is known again") { try await status() == (200, "new") }
    }

    @Test func doesNotReplayForSameBytesInAnotherPosition() async throws {
        let repository = try Repository()
        let server = try await RunningServer(repository.folder.path)
        let item = RunningServer.item(Repository.gpt)
        let known = Self.get(item, Self.bearer(.all))
        let first = try server.connect()
        /// Sends the request often enough, and over enough connections, that every event loop caches it.
        func fillCaches() async throws {
            for _ in 0..<8 {
                let connection = try server.connect()
                for _ in 0..<3 {
                    try connection.send(known)
                    #expect(try await connection.answer()?.status == 200)
                }
            }
        }
        try await fillCaches()
        // Split, pipelined, or after an empty line, the request has one response each time.
        for piece in [1, 20, known.utf8.count - 1] {
            try first.send(String(known.prefix(piece)))
            usleep(30_000)
            try first.send(String(known.dropFirst(piece)))
            #expect(try await first.answer()?.status == 200)
        }
        try first.send(known + known)
        for _ in 0..<2 { #expect(try await first.answer()?.status == 200) }
        try first.send("\r\n" + known)
        #expect(try await first.answer()?.status == 200)
        // As the body of another request, the bytes are not a request.
        let patch = [
            "PATCH \(item) HTTP/1.1", "Host: localhost", Self.bearer(.all), "Content-Type: application/json",
            "Content-Length: \(known.utf8.count)",
        ]
        try first.send(patch.joined(separator: "\r\n") + "\r\n\r\n")
        try await fillCaches()
        try first.send(known)
        #expect(try await first.answer()?.status == 400)
        // The same if the end of the preceding request arrives with the head of the other.
        for cut in ["\r\n", "\n"] {
            let chunked = Self.get(item, Self.bearer(.all), "Transfer-Encoding: chunked") + "0\r\n"
            try first.send(chunked + (cut == "\n" ? "\r" : ""))
            usleep(30_000)
            try first.send(cut + patch.joined(separator: "\r\n") + "\r\n\r\n")
            #expect(try await first.answer()?.status == 200)
            try await fillCaches()
            try first.send(known)
            #expect(try await first.answer()?.status == 400)
            try first.send(known)
            #expect(try await first.answer()?.status == 200)
        }
        // After an incomplete head, the bytes continue that head.
        try first.send("GET /livez HTTP/1.1\r\nX-Half: ")
        try await fillCaches()
        try first.send(known)
        #expect(try await first.answer()?.status == 200)
        try first.send(known + "GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Half")
        #expect(try await first.answer()?.status == 200)
        try await fillCaches()
        try first.send(known)
        #expect(try await first.answer()?.status == 400)
        #expect(try await first.rest().isEmpty)
    }
}
