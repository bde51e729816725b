import Foundation
import NIOCore
import NIOEmbedded
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The stream of events")
@ConnectionThread
struct EventStreamTests {
    fileprivate typealias Repository = ServedRepository
    private static let events = "/api/v1/events"

    /// An event as a client reads it.
    struct Event: Equatable {
        var id: String
        var commit: String?
    }

    /// A client of the stream.
    @ConnectionThread
    fileprivate struct Listener {
        let connection: EmbeddedConnection
        let head: [String]

        /// Opens a stream, and reads its head.
        init(_ server: ServedExample, _ token: Repository.Token?, _ fields: [String] = []) throws {
            connection = try server.connect()
            connection.get(EventStreamTests.events, token, fields)
            let text = String(decoding: try connection.received(), as: UTF8.self)
            let end = try #require(text.range(of: "\r\n\r\n"), "\(text)")
            head = text[..<end.lowerBound].components(separatedBy: "\r\n")
            early = try Self.events(in: String(text[end.upperBound...]))
        }

        /// Returns the status of a request for the stream.
        static func status(_ server: ServedExample, _ token: Repository.Token) throws -> Int? {
            let connection = try server.connect()
            connection.get(EventStreamTests.events, token)
            return try connection.answer()?.status
        }

        /// The events that were sent with the head.
        let early: [Event]

        /// Returns the events that were sent since the last call.
        func events() throws -> [Event] {
            try Self.events(in: String(decoding: try connection.received(), as: UTF8.self))
        }

        /// Parses chunks of one event each.
        static func events(in text: String) throws -> [Event] {
            var (rest, events) = (text.utf8[...], [Event]())
            while let line = rest.firstRange(of: "\r\n".utf8) {
                let length = try #require(Int(String(rest[..<line.lowerBound]) ?? "", radix: 16))
                let chunk = String(rest[line.upperBound...].prefix(length)) ?? ""
                rest = rest[line.upperBound...].dropFirst(length + 2)
                guard length > 0, chunk != ":\n" else { continue }
                let match = try #require(chunk.wholeMatch(of: /id: (.*)\ndata: (.*)\n\n/), "\(chunk)")
                let data = try JSONSerialization.jsonObject(with: Data(match.2.utf8)) as? [String: Any]
                #expect(data?.keys.sorted() == ["commit", "digest", "type"])
                #expect(data?["type"] as? String == "registry-changed" && data?["digest"] as? String == String(match.1))
                events.append(Event(id: String(match.1), commit: data?["commit"] as? String))
            }
            return events
        }
    }

    private static func text(_ path: String) throws -> String {
        let files = try Repository.files(isOpen: false)
        return String(decoding: try #require(files.first { $0.path == path }).bytes, as: UTF8.self)
    }

    private static func renamed(_ path: String, to name: String) throws -> [String: String?] {
        [path: try text(path).replacing(/(?m)^name: .*/, with: "name: \(name)")]
    }

    @Test func hasTheFieldsOfAStream() async throws {
        let server = try await ServedExample(commit: String(repeating: "0123456789", count: 4))
        let listener = try Listener(server, .reader)
        #expect(listener.head[0] == "HTTP/1.1 200 OK" && listener.early.isEmpty)
        let names = listener.head.dropFirst().map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "Date", "X-Request-Id", "Connection", "Cache-Control", "X-Accel-Buffering", "X-Content-Type-Options",
                "Content-Type", "Transfer-Encoding",
            ],
            "neither digest nor commit of the registry"
        )
        #expect(
            listener.head.contains("X-Accel-Buffering: no") && listener.head.contains("Content-Type: text/event-stream")
        )
        let compressed = try Listener(server, .reader, ["Accept-Encoding: gzip"])
        #expect(!compressed.head.contains { $0.hasPrefix("Content-Encoding") })
    }

    @Test func reportsChangesOnlyToTokensThatSeeThem() async throws {
        let server = try await ServedExample()
        let tokens: [Repository.Token] = [.all, .reader, .locked, .denied, .lister, .writer]
        let listeners = try tokens.map { try Listener(server, $0) }
        let changes: [(file: String, hearing: Set<Repository.Token>)] = [
            ("providers/acme/gpt-4o.yaml", [.all, .reader, .lister, .writer]),
            ("providers/acme/claude.yaml", [.all, .reader, .denied, .lister, .writer]),
            ("providers/labs/grok.yaml", [.all, .locked, .denied, .lister]),
        ]
        var files: [String: String?] = [:]
        var ids = Dictionary(uniqueKeysWithValues: tokens.map { ($0, "") })
        for (number, (file, hearing)) in changes.enumerated() {
            files.merge(try Self.renamed(file, to: "Name \(number)")) { $1 }
            let commit = String(repeating: "\(number)", count: 40)
            try await server.swap(files, commit: commit)
            for (token, listener) in zip(tokens, listeners) {
                listener.connection.noteChange()
                let events = try listener.events()
                #expect(events.count == (hearing.contains(token) ? 1 : 0), "\(token) \(file)")
                guard let event = events.first else { continue }
                #expect(event.commit == commit && event.id != ids[token])
                ids[token] = event.id
            }
        }
        // A token that lists everything has the digest of the registry, and others of what they see.
        #expect(ids[.all] == server.responder.store.snapshot?.digest && ids[.lister] == ids[.all])
        #expect(Set([ids[.all], ids[.reader], ids[.locked], ids[.denied]]).count == 4)
    }

    @Test("Events and digests depend on what the token sees alone", arguments: [UInt64.random(in: .min ... .max)])
    func dependsOnVisibleRecords(seed: UInt64) async throws {
        var numbers = SeededGenerator(seed: seed)
        let server = try await ServedExample()
        let tokens: [Repository.Token] = [.reader, .locked, .denied, .writer]
        let listeners = try tokens.map { try Listener(server, $0) }
        let paths = try Repository.files(isOpen: false).map(\.path)
            .filter { $0.hasPrefix("providers/") && !$0.hasSuffix("/project.yaml") }
        let ids = try await server.request("GET", ServedExample.list, token: Repository.Token.all.text).ids
        func sight(_ token: Repository.Token) async throws -> [String] {
            var texts = [try await server.request("GET", ServedExample.list, token: token.text).text]
            for id in ids {
                texts.append(try await server.request("GET", ServedExample.item(id), token: token.text).text)
            }
            return texts
        }
        var (files, heard): ([String: String?], Int) = ([:], 0)
        var known = Dictionary(uniqueKeysWithValues: tokens.map { ($0, [[String]: String]()) })
        for round in 0..<24 {
            let path = try #require(paths.randomElement(using: &numbers))
            var before: [[String]] = []
            for token in tokens { before.append(try await sight(token)) }
            switch Int.random(in: 0..<4, using: &numbers) {
            // Policies name the others, so that those cannot be removed.
            case 0 where !path.hasSuffix("gpt-4o.yaml") && !path.hasSuffix("claude.yaml"): files[path] = String?.none
            case 1: files[path] = nil
            default: files.merge(try Self.renamed(path, to: "Name \(round % 3)")) { $1 }
            }
            try await server.swap(files, commit: String(repeating: String(round % 10), count: 40))
            for (index, token) in tokens.enumerated() {
                listeners[index].connection.noteChange()
                let (events, now) = (try listeners[index].events(), try await sight(token))
                #expect(events.isEmpty == (now == before[index]), "seed \(seed), round \(round): \(token) \(path)")
                guard let event = events.first else { continue }
                heard += 1
                let digest = known[token]?[now]
                #expect(digest == nil || digest == event.id, "the same sight has the same digest")
                known[token]?[now] = event.id
            }
        }
        #expect(heard > 5, "seed \(seed)")
    }

    @Test func honorsLastEventID() async throws {
        let server = try await ServedExample()
        let first = try Listener(server, .reader)
        try await server.swap(try Self.renamed("providers/acme/claude.yaml", to: "One"))
        first.connection.noteChange()
        let id = try #require(try first.events().first?.id)
        #expect(try Listener(server, .reader, ["Last-Event-ID: \(id)"]).early.isEmpty)
        #expect(try Listener(server, .reader, ["Last-Event-ID: "]).early.isEmpty)
        for stale in ["x", "sha256:0", id.uppercased(), id + "0"] {
            #expect(try Listener(server, .reader, ["Last-Event-ID: \(stale)"]).early.map(\.id) == [id])
        }
        // A hidden change is not a reason to send an event.
        let hidden = try Self.renamed("providers/acme/claude.yaml", to: "One")
            .merging(try Self.renamed("providers/labs/grok.yaml", to: "Two")) { $1 }
        try await server.swap(hidden, commit: String(repeating: "a", count: 40))
        #expect(try Listener(server, .reader, ["Last-Event-ID: \(id)"]).early.isEmpty)
        #expect(try Listener(server, .all, ["Last-Event-ID: \(id)"]).early.count == 1)
    }

    @Test func endsWhenTheTokenIsRevoked() async throws {
        let access = try Self.text("roster.yaml")
        let changes = [
            access.split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.contains("name: reader,") }.joined(separator: "\n"),
            access.replacing("policies: [reader]}", with: "policies: [reader], expires: 2020-01-31}"),
        ]
        for change in changes {
            let server = try await ServedExample()
            let (listener, other) = (try Listener(server, .reader), try Listener(server, .denied))
            try await server.swap(["roster.yaml": change])
            listener.connection.noteChange()
            #expect(String(decoding: try listener.connection.received(), as: UTF8.self) == "0\r\n\r\n")
            guard case .none = listener.connection.handler.subscription else {
                Issue.record("the stream is retained")
                return
            }
            #expect(try Listener.status(server, .reader) == 401)
            other.connection.noteChange()
            #expect(try other.events().isEmpty, "access is not what this token sees")
        }
    }

    @Test func endsWithTheConnectionOrTheServer() async throws {
        let server = try await ServedExample()
        for isStopping in [true, false] {
            let listener = try Listener(server, .all)
            if isStopping {
                listener.connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            } else {
                listener.connection.endInput()
            }
            #expect(String(decoding: try listener.connection.received(), as: UTF8.self) == "0\r\n\r\n")
            try await server.swap(try Self.renamed("providers/acme/claude.yaml", to: "Name \(isStopping)"))
            listener.connection.noteChange()
            #expect(try listener.connection.received().isEmpty)
        }
    }

    @Test func sendsCommentsEvery15Seconds() async throws {
        let server = try await ServedExample()
        let listener = try Listener(server, .all)
        let start = NIODeadline.now()
        for second in Int64(1)...61 {
            listener.connection.handler.checkDeadlines(at: start + .seconds(second))
            let text = String(decoding: try listener.connection.received(), as: UTF8.self)
            #expect(text == (second % 15 == 0 ? "2\r\n:\n\r\n" : ""), "\(second)")
        }
    }

    @Test func queuesNothingForASlowClient() async throws {
        let server = try await ServedExample()
        let listener = try Listener(server, .all)
        let valve = Valve()
        try listener.connection.channel.pipeline.syncOperations.addHandler(valve, position: .first)
        for number in 0..<50 {
            try await server.swap(try Self.renamed("providers/acme/claude.yaml", to: "Name \(number)"))
            listener.connection.noteChange()
        }
        #expect(valve.count == 1, "one event is written, and no other until it is sent")
        valve.open()
        let events = try listener.events()
        #expect(events.count == 2 && events.last?.id == server.responder.store.snapshot?.digest)
    }

    @Test func answersOtherRequests() async throws {
        let server = try await ServedExample()
        let all = Repository.Token.all.text
        #expect(try await server.request("GET", Self.events).status == 401)
        #expect(try await server.request("GET", Self.events, token: Repository.Token.expired.text).status == 401)
        let post = try await server.request("POST", Self.events, token: all)
        #expect(post.status == 405 && post["Allow"] == "GET, HEAD")
        for query in ["?x=1", "?lastEventId=1"] {
            #expect(try await server.request("GET", Self.events + query, token: all).status == 400)
        }
        let connection = try server.connect()
        connection.get(Self.events, .all, method: "HEAD")
        connection.get("/livez", nil)
        #expect(try connection.answer(isToHead: true)?["Content-Type"] == "text/event-stream")
        #expect(try connection.answer()?.text == "alive\n", "a response to HEAD is not a stream")
        let old = try server.connect()
        old.send("GET \(Self.events) HTTP/1.0\r\nAuthorization: Bearer \(all)\r\n\r\n")
        #expect(!String(decoding: try old.received(), as: UTF8.self).contains("Transfer-Encoding"))
        try await server.swap(try Self.renamed("providers/acme/claude.yaml", to: "One"))
        old.noteChange()
        #expect(String(decoding: try old.received(), as: UTF8.self).hasPrefix("id: sha256:"))
    }

    @Test func openServerKeepsItsGuards() async throws {
        let server = try await ServedExample(isOpen: true)
        let connection = try server.connect()
        for field in [
            "Host: evil.example", "Host: localhost\r\nOrigin: https://evil.example", "Host: localhost\r\nVia: 1.1 x",
        ] {
            connection.send("GET \(Self.events) HTTP/1.1\r\n\(field)\r\n\r\n")
        }
        #expect(
            try [connection.answer()?.status, connection.answer()?.status, connection.answer()?.status] == [
                421, 403, 421,
            ]
        )
        #expect(try Listener(server, nil).head[0] == "HTTP/1.1 200 OK")
    }
}
