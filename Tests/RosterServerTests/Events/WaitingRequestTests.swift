import Foundation
import NIOCore
import NIOEmbedded
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Requests that wait for a change")
@ConnectionThread
struct WaitingRequestTests {
    private typealias Repository = ServedRepository
    private static let file = "providers/acme/gpt-4o.yaml"
    nonisolated private static let gpt = ServedExample.item(Repository.gpt)

    /// Returns the text of a file of the example.
    private static func text(_ path: String = file) throws -> String {
        let files = try Repository.files(isOpen: false)
        return String(decoding: try #require(files.first { $0.path == path }).bytes, as: UTF8.self)
    }

    /// Returns a change of a provider's name.
    private static func renamed(_ path: String = file, to name: String = "Another") throws -> [String: String?] {
        [path: try text(path).replacing(/(?m)^name: .*/, with: "name: \(name)")]
    }

    /// Returns the example without a token.
    private static func revoked(_ token: Repository.Token) throws -> [String: String?] {
        let lines = try text("roster.yaml").split(separator: "\n", omittingEmptySubsequences: false)
        return ["roster.yaml": lines.filter { !$0.contains("name: \(token.rawValue),") }.joined(separator: "\n")]
    }

    /// Opens a connection with a request that waits.
    private static func waiting(
        _ server: ServedExample,
        _ target: String,
        _ token: Repository.Token = .all,
        method: String = "GET",
        seconds: Int = 30
    ) async throws -> EmbeddedConnection {
        let tag = try #require(try await server.request("GET", target, token: token.text)["ETag"])
        let connection = try server.connect()
        connection.get(target, token, ["If-None-Match: \(tag)", "Prefer: wait=\(seconds)"], method: method)
        #expect(try connection.answer() == nil, "it waits")
        return connection
    }

    @Test(arguments: [ServedExample.list, ServedExample.list + "?provider=openai", gpt], ["GET", "HEAD"])
    func respondsWhenTheBodyDiffers(target: String, method: String) async throws {
        let server = try await ServedExample()
        let connection = try await Self.waiting(server, target, method: method)
        try await server.swap(try Self.renamed())
        connection.noteChange()
        let answer = try #require(try connection.answer(isToHead: method == "HEAD"))
        #expect(answer.status == 200 && answer["Preference-Applied"] == "wait=30")
        #expect(answer.text.contains("Another") == (method == "GET"))
        #expect(answer["ETag"] == (try await server.request("GET", target, token: Repository.Token.all.text))["ETag"])
        // The connection is open for another request.
        connection.get(target, .all)
        #expect(try connection.answer()?.status == 200)
    }

    @Test func responds304AtTheEnd() async throws {
        let server = try await ServedExample()
        let connection = try await Self.waiting(server, Self.gpt, seconds: 7)
        connection.handler.checkDeadlines(at: .now() + .milliseconds(6_500))
        #expect(try connection.answer() == nil)
        connection.handler.checkDeadlines(at: .now() + .seconds(7))
        let answer = try #require(try connection.answer())
        #expect(answer.status == 304 && answer["Preference-Applied"] == "wait=7" && answer["ETag"] != nil)
        connection.get(Self.gpt, .all)
        #expect(try connection.answer()?.status == 200)
    }

    @Test("A change that leaves the body as it is causes no response")
    func reloadOfTheSameBody() async throws {
        let server = try await ServedExample()
        let connection = try await Self.waiting(server, Self.gpt)
        for number in 0..<3 {
            try await server.swap(try Self.renamed("providers/acme/claude.yaml", to: "Other \(number)"))
            connection.noteChange()
        }
        #expect(try connection.answer() == nil)
        // Hidden from this token, and so the same list.
        let reader = try await Self.waiting(server, ServedExample.list, .reader)
        try await server.swap(
            try Self.renamed("providers/labs/grok.yaml")
                .merging(try Self.renamed("providers/acme/claude.yaml", to: "Other 2")) { $1 },
            commit: String(repeating: "ab", count: 20)
        )
        reader.noteChange()
        #expect(try reader.answer() == nil)
    }

    @Test(
        "A preference that does not apply is ignored",
        arguments: [
            ("wait=30", nil), ("wait=0", "same"), ("wait=61", "same"), ("wait=x", "same"), ("waiting=5", "same"),
            ("wait=30", "other"),
        ] as [(String, String?)]
    )
    func ignoresPreference(field: String, condition: String?) async throws {
        let server = try await ServedExample()
        for target in [ServedExample.list, Self.gpt] {
            let tag = try #require(try await server.request("GET", target, token: Repository.Token.all.text)["ETag"])
            let connection = try server.connect()
            var fields = ["Prefer: \(field)"]
            if let condition { fields.append("If-None-Match: " + (condition == "same" ? tag : "\"other\"")) }
            for _ in 0..<3 {
                connection.get(target, .all, fields)
                let answer = try #require(try connection.answer())
                #expect(answer.status == (condition == "same" ? 304 : 200))
                #expect(answer["Preference-Applied"] == (condition == "other" ? "wait=30" : nil))
            }
        }
    }

    @Test func answersPipelinedRequestsAfterIt() async throws {
        let server = try await ServedExample()
        let connection = try await Self.waiting(server, Self.gpt)
        connection.get("/livez", nil)
        connection.get(Self.gpt, .expired)
        #expect(try connection.answer() == nil)
        try await server.swap(try Self.renamed())
        connection.noteChange()
        #expect(
            try [connection.answer()?.status, connection.answer()?.status, connection.answer()?.status] == [
                200, 200, 401,
            ]
        )
    }

    @Test func checksAccessAgainAtEachChange() async throws {
        let cases: [(target: String, change: [String: String?], token: Repository.Token, status: Int)] = [
            (ServedExample.list, try Self.revoked(.reader), .reader, 401),
            (Self.gpt, try Self.revoked(.all), .all, 401),
            (ServedExample.item(Repository.gateway), ["providers/acme/gateway.yaml": String?.none], .all, 404),
            (
                Self.gpt,
                [
                    "roster.yaml": try Self.text("roster.yaml").replacing(
                        "resource: [\"acme/*\"]",
                        with: "resource: [\"labs/*\"]"
                    )
                ],
                .reader, 404
            ),
            (
                ServedExample.list,
                [
                    "roster.yaml": try Self.text("roster.yaml")
                        .replacing("policies: [reader]}", with: "policies: [reader], expires: 2020-01-31}")
                ],
                .reader, 401
            ),
        ]
        for (target, change, token, status) in cases {
            let server = try await ServedExample()
            let connection = try await Self.waiting(server, target, token)
            try await server.swap(change)
            connection.noteChange()
            let answer = try #require(try connection.answer(), "\(status)")
            let fresh = try await server.request("GET", target, token: token.text)
            #expect(answer.status == status && answer.shape == fresh.shape)
        }
    }

    @Test func checksAccessAgainAtTheEnd() async throws {
        let server = try await ServedExample()
        let connection = try await Self.waiting(server, Self.gpt)
        // The swap has not been signalled to the connection yet.
        try await server.swap(try Self.revoked(.all))
        connection.handler.checkDeadlines(at: .now() + .seconds(31))
        #expect(try connection.answer()?.status == 401)
    }

    @Test func noticesAChangeBetweenResponseAndWait() async throws {
        let server = try await ServedExample()
        let tag = try #require(try await server.request("GET", Self.gpt, token: Repository.Token.all.text)["ETag"])
        let connection = try server.connect()
        // The swap's own signal comes before the connection listens.
        connection.get(Self.gpt, .all, ["If-None-Match: \(tag)", "Prefer: wait=30"])
        try await server.swap(try Self.renamed())
        connection.eventLoop.listeners.scheduleWake()
        #expect(try connection.answer()?.status == 200)
    }

    @Test("Tokens are checked again when a day begins, since they expire with one")
    func newDay() async throws {
        let server = try await ServedExample()
        let connection = try await Self.waiting(server, Self.gpt)
        try await server.swap(try Self.revoked(.all))
        // The first check of deadlines begins the first day of the event loop.
        connection.eventLoop.sweep(at: .now())
        #expect(try connection.answer()?.status == 401)
    }

    @Test func endsWhenTheServerStops() async throws {
        let server = try await ServedExample()
        let connection = try await Self.waiting(server, Self.gpt)
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        let answer = try #require(try connection.answer())
        #expect(answer.status == 304 && answer["Connection"] == "close")
        #expect(try connection.rest().isEmpty)
    }

    @Test func endsWhenTheClientCloses() async throws {
        let server = try await ServedExample()
        let half = try await Self.waiting(server, Self.gpt)
        half.endInput()
        #expect(try half.answer()?.status == 304, "the client may have closed only its half")
        let closed = try await Self.waiting(server, Self.gpt)
        _ = try closed.channel.finish(acceptAlreadyClosed: true)
        guard case .none = closed.handler.subscription else {
            Issue.record("the request is retained")
            return
        }
        try await server.swap(try Self.renamed())
        closed.noteChange()
        #expect(try closed.received().isEmpty)
    }

    @Test func retainsNoBytesOfTheSharedBuffer() async throws {
        let server = try await ServedExample()
        let connection = try await Self.waiting(server, Self.gpt)
        guard case .waiting(let waiting) = connection.handler.subscription else {
            Issue.record("it does not wait")
            return
        }
        #expect(waiting.request.fields.names.contains("Prefer"))
        #expect(connection.handler.stopRecording() == nil)
    }
}
