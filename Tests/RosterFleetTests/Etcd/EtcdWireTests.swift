import RosterJSON
import RosterPublication
import RosterTestSupport
import Testing

@testable import RosterFleet

@Suite("Answers of etcd")
struct EtcdWireTests {
    private let header = #""header":{"cluster_id":"1","member_id":"2","revision":"9","raft_term":"2"}"#
    private let key = Array("p/main/manifest".utf8)

    private func members(_ text: String) throws -> EtcdMembers { try EtcdMembers(parsing: Array(text.utf8)) }

    @Test func areSplitIntoLinesAtEveryByte() throws {
        let stream = Array("{\"a\":1}\n\n{\"b\":\"x\"}\n{\"c\"".utf8)
        let lines = [Array("{\"a\":1}".utf8), Array("{\"b\":\"x\"}".utf8)]
        for first in 0...stream.count {
            for second in first...stream.count {
                var splitter = LineSplitter(limit: 9)
                var found: [[UInt8]] = []
                for part in [stream[..<first], stream[first..<second], stream[second...]] {
                    found += try splitter.append(Array(part))
                }
                #expect(found == lines)
            }
        }
    }

    @Test func haveLinesWithinALimit() throws {
        var splitter = LineSplitter(limit: 4)
        #expect(try splitter.append(Array("1234\n12".utf8)) == [Array("1234".utf8)])
        #expect(try splitter.append(Array("34".utf8)).isEmpty)
        #expect(throws: LineSplitter.TooLong.self) { try splitter.append(Array("5".utf8)) }
    }

    @Test func leaveOutZeroes() throws {
        let read = EtcdRead(keys: EtcdRange(start: key, end: nil))
        let none = try EtcdRangeAnswer(try members("{\(header)}"), of: read)
        #expect(none.revision == 9 && none.found.entries.isEmpty)
        let entry = #"{"key":"cC9tYWluL21hbmlmZXN0","create_revision":"2","mod_revision":"3","version":"1"}"#
        let empty = try EtcdRangeAnswer(try members("{\(header),\"kvs\":[\(entry)],\"count\":\"1\"}"), of: read)
        #expect(empty.found.entries.map(\.value) == [[]])
        #expect(empty.found.entries.map(\.revision) == [3])
    }

    /// Answers to a read of one key that etcd would not send.
    private static let hostileAnswers = [
        "", "[]", "null", "7", "{}", #"{"header":7}"#, #"{"header":{}}"#, #"{"header":{"revision":9}}"#,
        #"{"header":{"revision":"-9"}}"#, #"{"header":{"revision":"0"}}"#, #"{"header":{"revision":"+9"}}"#,
        #"{"header":{"revision":"9223372036854775807"}}"#, #"{"header":{"revision":"99999999999999999999"}}"#,
        #"{"header":{"revision":"9"},"kvs":{}}"#, #"{"header":{"revision":"9"},"kvs":[7]}"#,
        #"{"header":{"revision":"9"},"kvs":[{"key":"cC9tYWluL21hbmlmZXN0"}]}"#,
        #"{"header":{"revision":"9"},"kvs":[{"key":"cC9tYWluL21hbmlmZXN0","mod_revision":"10"}]}"#,
        #"{"header":{"revision":"9"},"kvs":[{"key":"cC9vdGhlcg==","mod_revision":"3"}]}"#,
        #"{"header":{"revision":"9"},"kvs":[{"key":"!","mod_revision":"3"}]}"#,
        #"{"header":{"revision":"9"},"kvs":[{"key":"cC9tYWluL21hbmlmZXN0","value":7,"mod_revision":"3"}]}"#,
        #"{"header":{"revision":"9"},"more":"yes"}"#,
        #"{"header":"# + String(repeating: #"{"header":"#, count: 100) + "1" + String(repeating: "}", count: 101),
    ]

    @Test(arguments: hostileAnswers)
    func areRefusedWhenHostile(_ text: String) {
        #expect(throws: EtcdMembers.malformed) {
            _ = try EtcdRangeAnswer(
                try members(text),
                of: EtcdRead(keys: EtcdRange(start: key, end: nil))
            )
        }
    }

    @Test func areRefusedWhenDeep() { areRefusedWhenHostile(String(repeating: "[", count: 100_000)) }

    @Test func matchTheOperationsOfATransaction() throws {
        let read = EtcdOperation.read(EtcdRead(keys: EtcdRange(start: key, end: nil)))
        let put = EtcdOperation.put(EtcdRange(start: key, end: nil), value: [])
        let won = #"{\#(header),"succeeded":true,"responses":[{"response_put":{"header":{"revision":"9"}}}]}"#
        #expect(try EtcdTransactionAnswer(try members(won), then: [put], else: [read]).isSuccess)
        let lost = #"{\#(header),"responses":[{"response_range":{"header":{"revision":"9"}}}]}"#
        let answer = try EtcdTransactionAnswer(try members(lost), then: [put], else: [read])
        #expect(!answer.isSuccess && answer.reads.count == 1)
        for text in [#"{\#(header)}"#, #"{\#(header),"responses":[{"response_put":{}}]}"#] {
            #expect(throws: EtcdMembers.malformed) {
                _ = try EtcdTransactionAnswer(try members(text), then: [put], else: [read])
            }
        }
    }

    private func message(_ text: String, after revision: Int64 = 3) throws -> EtcdWatchMessage {
        try EtcdWatchMessage(Array(text.utf8), key: key, after: revision)
    }

    private func event(_ revision: Int64, _ rest: String = #","value":"eA==""#, type: String = "") -> String {
        #"{\#(type)"kv":{"key":"cC9tYWluL21hbmlmZXN0","mod_revision":"\#(revision)"\#(rest)}}"#
    }

    @Test func includeTheNewestChangeOfAWatch() throws {
        #expect(try message(#"{"result":{\#(header),"created":true}}"#) == .nothing)
        let two = try message(#"{"result":{\#(header),"events":[\#(event(4, "")),\#(event(7))]}}"#)
        guard case .changed(let change) = two else {
            Issue.record("\(two)")
            return
        }
        #expect(change.revision == 7 && change.value == [0x78])
        let deletion = try message(#"{"result":{\#(header),"events":[\#(event(7, "", type: #""type":"DELETE","#))]}}"#)
        guard case .changed(let change) = deletion else {
            Issue.record("\(deletion)")
            return
        }
        #expect(change.value == nil)
    }

    @Test func includeTheReasonWhyAWatchEnds() throws {
        let compacted = #"{"result":{"header":{"raft_term":"2"},"canceled":true,"compact_revision":"6"}}"#
        #expect(try message(compacted) == .compacted)
        for reason in [
            "rpc error: code = PermissionDenied desc = etcdserver: permission denied",
            "rpc error: code = Unauthenticated desc = etcdserver: invalid auth token",
            "rpc error: code = InvalidArgument desc = etcdserver: user name is empty",
        ] {
            let text = #"{"result":{\#(header),"created":true,"canceled":true,"cancel_reason":"\#(reason)"}}"#
            #expect(try message(text) == .unauthorized)
        }
        #expect(try message(#"{"result":{"canceled":true}}"#) == .ended)
        #expect(try message(#"{"error":{"grpc_code":14,"http_code":503,"message":"transport is closing"}}"#) == .ended)
    }

    @Test func neverChangeTheOrderOfRevisions() throws {
        for events in [event(3), "\(event(7)),\(event(7))", "\(event(8)),\(event(7))", "7", "{}"] {
            #expect(throws: EtcdMembers.malformed) { try message(#"{"result":{\#(header),"events":[\#(events)]}}"#) }
        }
        for text in [#"{"result":7}"#, "{}", #"{"result":{"canceled":"yes"}}"#, #"{"result":{"events":{}}}"#] {
            #expect(throws: EtcdMembers.malformed) { try message(text) }
        }
    }

    @Test func surviveRandomDamage() throws {
        var random = SeededGenerator()
        let whole = Array(#"{"result":{\#(header),"events":[\#(event(4)),\#(event(7))]}}"#.utf8)
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            // Either a message or the only problem; and no revision that did not come after the last one.
            let message = try? EtcdWatchMessage(bytes, key: key, after: 3)
            if case .changed(let change)? = message { #expect(change.revision > 3) }
        }
    }

    @Test func nameTheRemedyOfAnError() {
        func failure(_ status: Int, _ body: String) -> EtcdFailure {
            EtcdFailure(status: status, body: Array(body.utf8), user: "reader")
        }
        func error(_ code: Int, _ message: String) -> String {
            #"{"error":"\#(message)","message":"\#(message)","code":\#(code)}"#
        }
        let expected: [(EtcdFailure, SourceProblem.Reason, EtcdFailure.Remedy)] = [
            (failure(401, error(16, "etcdserver: invalid auth token")), .unauthorized, .newToken),
            (failure(400, error(3, "etcdserver: user name is empty")), .unauthorized, .newToken),
            (failure(400, error(3, "etcdserver: authentication failed, invalid user")), .unauthorized, .none),
            (failure(403, error(7, "etcdserver: permission denied")), .unauthorized, .none),
            (failure(412, error(9, "etcdserver: authentication is not enabled")), .refused, .noToken),
            (failure(503, error(14, "etcdserver: request timed out")), .unreachable, .otherEndpoint),
            (failure(404, error(5, "Not Found")), .refused, .otherEndpoint),
            (failure(404, "Not Found"), .refused, .otherEndpoint),
            (failure(502, "<html>secret</html>"), .unreachable, .otherEndpoint),
            (failure(400, "CommonName of client sending a request"), .unauthorized, .none),
            (failure(500, error(2, "secret")), .refused, .otherEndpoint),
        ]
        for (failure, reason, remedy) in expected {
            #expect(failure.problem.reason == reason && failure.remedy == remedy, "\(failure)")
            #expect(!failure.problem.message.contains("secret"))
        }
    }
}
