import NIOCore
import RosterServerTestSupport
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The state machine of a connection")
struct ConnectionStateMachineTests {
    typealias Event = ConnectionEvent<Int>

    private static func tick(head: Int64? = nil, byte: Int64 = 0, unsent: Int = 0) -> Event {
        .tick(
            ConnectionActivity(
                headStart: head.map { ConnectionProbe.time($0) },
                lastByte: ConnectionProbe.time(byte),
                unsentBytes: unsent
            )
        )
    }

    /// Sequences of events that lead to each state, with the values that later events depend on.
    private static let situations: [(name: String, events: [Event])] = [
        ("idle", []), ("body", [.head(expectsContinue: false)]), ("responding", [.request(1, keepsAlive: true)]),
        ("continue due", [.request(1, keepsAlive: true), .head(expectsContinue: true)]),
        ("queued", [.request(1, keepsAlive: true), .request(2, keepsAlive: true), .read]),
        ("last", [.request(1, keepsAlive: false)]), ("refused", [.refusal(1)]),
        ("refusal queued", [.request(1, keepsAlive: true), .refusal(2)]),
        ("full", [.writability(false), .request(1, keepsAlive: true)]),
        ("half-closed", [.request(1, keepsAlive: true), .endOfInput]), ("quiescing", [.quiesce]),
        ("quiescing busy", [.quiesce, .request(1, keepsAlive: true)]),
        ("closing", [.refusal(1), .response(closes: true)]),
        ("closing half-closed", [.endOfInput]),
        ("draining", [.refusal(1), .response(closes: true), .lastResponseSent]), ("closed", [.closed]),
        ("waiting", [.request(1, keepsAlive: true), wait]),
        ("waiting for the last time", [.request(1, keepsAlive: false), wait]),
        ("waiting, queued", [.request(1, keepsAlive: true), wait, .request(2, keepsAlive: true), .read]),
        ("waiting, refusal queued", [.request(1, keepsAlive: true), wait, .refusal(2)]),
        ("waiting half-closed", [.request(1, keepsAlive: true), .endOfInput, wait]),
        ("waiting, quiescing", [.quiesce, .request(1, keepsAlive: true), wait]),
        ("stream begins", [.request(1, keepsAlive: true), .stream]),
        ("stream, event due", [.request(1, keepsAlive: true), .stream, .eventReady]),
        ("streaming", [.request(1, keepsAlive: true), .stream, .eventSent]),
        ("streaming, full", [.request(1, keepsAlive: true), .stream, .eventSent, .writability(false)]),
        ("stream of a half-closed", [.request(1, keepsAlive: true), .endOfInput, .stream]),
        ("stream, quiescing", [.quiesce, .request(1, keepsAlive: true), .stream]),
    ]

    private static let wait = Event.wait(until: ConnectionProbe.time(20_000))

    private static let events: [(name: String, event: Event)] = [
        ("head", .head(expectsContinue: false)), ("head+expect", .head(expectsContinue: true)), ("body", .body),
        ("request", .request(8, keepsAlive: true)), ("last request", .request(8, keepsAlive: false)),
        ("refusal", .refusal(8)), ("response", .response(closes: false)), ("last response", .response(closes: true)),
        ("wait", wait), ("stream", .stream), ("event", .eventReady), ("event sent", .eventSent),
        ("sent", .lastResponseSent), ("end of input", .endOfInput), ("writable", .writability(true)),
        ("full", .writability(false)), ("read", .read), ("quiesce", .quiesce), ("tick", tick(byte: 100)),
        ("late tick", tick()), ("closed", .closed),
    ]

    /// One line for each event in each state: the new state, the fate of a response, the steps, and the next exchange.
    @Test func everyEventInEveryState() throws {
        var table = ""
        for (situation, prefix) in Self.situations {
            table += "\(situation)\n"
            for (name, event) in Self.events {
                var probe = ConnectionProbe()
                for event in prefix { probe.send(event) }
                let before = Self.text(of: probe.machine.state)
                let actions = probe.send(event, at: name == "late tick" ? 40_000 : 200)
                let after = Self.text(of: probe.machine.state)
                var parts = [before == after ? "=" : after]
                if let response = actions.response { parts.append("\(response)") }
                if !actions.steps.isEmpty { parts.append(Self.text(of: actions.steps)) }
                if let next = actions.next { parts.append("next \(next)") }
                if parts != ["="] { table += "  \(name): \(parts.joined(separator: " | "))\n" }
            }
        }
        let found = table.split(separator: "\n").map(String.init)
        let expected = ConnectionTransitions.text.split(separator: "\n").map(String.init)
        for (number, (one, other)) in zip(found, expected).enumerated() where one != other {
            Issue.record("line \(number + 1): \(one), not \(other)")
        }
        #expect(found.count == expected.count, "\(table)")
    }

    private static func text(of state: ConnectionStateMachine<Int>.State) -> String {
        switch state {
        case .open(let input, let output):
            let left =
                switch input {
                case .head: "head"
                case .body(_, awaitsContinue: let awaits): awaits ? "body?" : "body"
                case .finished: "finished"
                }
            return "\(left), \(text(of: output))"
        case .closing: return "closing"
        case .draining: return "draining"
        case .closed: return "closed"
        }
    }

    private static func text(of output: ConnectionStateMachine<Int>.Output) -> String {
        switch output {
        case .idle: "idle"
        case .responding: "responding"
        case .waiting: "waiting"
        case .streaming(.current, _): "streaming"
        case .streaming(.sending(let hasNext), _): hasNext ? "sending, event due" : "sending"
        }
    }

    private static func text(of steps: ConnectionSteps) -> String {
        let names: [(ConnectionSteps, String)] = [
            (.stopInput, "stop input"), (.sendContinue, "send 100"), (.finishOutput, "finish output"),
            (.closeOutput, "close output"), (.flush, "flush"), (.read, "read"), (.refuseLateRequest, "refuse late"),
            (.endWait, "end wait"), (.sendEvent, "send event"), (.sendComment, "send comment"), (.close, "close"),
        ]
        return names.filter { steps.contains($0.0) }.map(\.1).joined(separator: ", ")
    }

    @Test("Any sequence of events keeps the rules", arguments: [UInt64.random(in: .min ... .max)])
    func randomSequences(seed: UInt64) {
        var numbers = SeededGenerator(seed: seed)
        var (responses, closes) = (0, 0)
        for _ in 0..<3_000 {
            var (probe, time, number) = (ConnectionProbe(), Int64(0), 0)
            for _ in 0..<Int.random(in: 1...40, using: &numbers) {
                time += Int64.random(
                    in: 0...(Int.random(in: 0...9, using: &numbers) == 0 ? 70_000 : 50),
                    using: &numbers
                )
                number += 1
                probe.send(Self.randomEvent(number, time, &numbers), at: time)
            }
            responses += probe.dispositions.count
            closes += probe.isClosed ? 1 : 0
            probe.checkEnd(at: time)
        }
        // The sequences reach what they are to test.
        #expect(responses > 3_000 && closes > 300, "\(responses) \(closes)")
    }

    private static func randomEvent(_ number: Int, _ time: Int64, _ numbers: inout SeededGenerator) -> Event {
        switch Int.random(in: 0..<32, using: &numbers) {
        case 26: .wait(until: ConnectionProbe.time(time + Int64.random(in: 0...60_000, using: &numbers)))
        case 27: .stream
        case 28...29: .eventReady
        case 30...31: .eventSent
        case 0...2: .head(expectsContinue: Bool.random(using: &numbers))
        case 3: .body
        case 4...9: .request(number, keepsAlive: Int.random(in: 0...7, using: &numbers) > 0)
        case 10: .refusal(number)
        case 11...16: .response(closes: Int.random(in: 0...9, using: &numbers) == 0)
        case 17: .lastResponseSent
        case 18: Int.random(in: 0...3, using: &numbers) == 0 ? .endOfInput : .read
        case 19...20: .writability(Bool.random(using: &numbers))
        case 21: .read
        case 22: Int.random(in: 0...4, using: &numbers) == 0 ? .quiesce : .read
        case 23...24:
            tick(
                head: Bool.random(using: &numbers) ? time - Int64.random(in: 0...20_000, using: &numbers) : nil,
                byte: time - Int64.random(in: 0...40_000, using: &numbers),
                unsent: Int.random(in: 0...2, using: &numbers)
            )
        default: Int.random(in: 0...9, using: &numbers) == 0 ? .closed : .body
        }
    }

    @Test func answersPipelinedRequestsInOrder() {
        var probe = ConnectionProbe()
        #expect(probe.send(.request(1, keepsAlive: true)).next == 1)
        for number in 2...5 { #expect(probe.send(.request(number, keepsAlive: true)).next == nil) }
        for number in 2...5 { #expect(probe.send(.response(closes: false)).next == number) }
        #expect(probe.send(.response(closes: false)).next == nil)
        #expect(probe.machine.isIdle)
    }

    @Test func refusalIsTheLastResponse() {
        var probe = ConnectionProbe()
        probe.send(.request(1, keepsAlive: true))
        #expect(probe.send(.refusal(2)).steps == .stopInput)
        #expect(!probe.machine.acceptsRequests)
        #expect(probe.send(.request(3, keepsAlive: true)).next == nil)
        #expect(probe.send(.response(closes: false)).next == 2)
        let last = probe.send(.response(closes: true))
        #expect(last.response == .last && last.steps == [.stopInput, .finishOutput])
        #expect(probe.send(.lastResponseSent, at: 100).steps == .closeOutput)
        #expect(probe.send(Self.tick(), at: 1_000).steps == [])
        #expect(probe.send(Self.tick(), at: 1_200).steps == .close)
    }

    @Test func sendsContinueAfterThePrecedingResponses() {
        var probe = ConnectionProbe()
        probe.send(.request(1, keepsAlive: true))
        #expect(probe.send(.head(expectsContinue: true)).steps == [])
        #expect(probe.send(.response(closes: false)).steps == .sendContinue)
        #expect(probe.send(.body).steps == [])
        #expect(probe.send(.request(2, keepsAlive: true)).next == 2)
        // A client that does not wait is not asked.
        probe.send(.head(expectsContinue: true))
        probe.send(.body)
        #expect(probe.send(.response(closes: false)).steps == [])
    }

    @Test func answersAllRequestsOfAHalfClosedConnection() {
        var probe = ConnectionProbe()
        for number in 1...3 { probe.send(.request(number, keepsAlive: true)) }
        #expect(probe.send(.endOfInput).steps == .stopInput)
        #expect(probe.send(.response(closes: false)).response == .persistent)
        #expect(probe.send(.response(closes: false)).response == .persistent)
        #expect(probe.send(.response(closes: false)).response == .last)
        // There is no input left to drain.
        #expect(probe.send(.lastResponseSent).steps == .close)
    }

    @Test func dropsARequestCutOffByTheEndOfInput() {
        var probe = ConnectionProbe()
        probe.send(.request(1, keepsAlive: true))
        probe.send(.head(expectsContinue: false))
        probe.send(.endOfInput)
        #expect(probe.send(.request(2, keepsAlive: true)).next == nil)
        #expect(probe.send(.response(closes: false)).response == .last)
    }

    @Test func quiescingFinishesTheRequestInProgress() {
        var probe = ConnectionProbe()
        probe.send(.head(expectsContinue: false))
        probe.send(.quiesce)
        #expect(probe.send(Self.tick(), at: 5_000).steps == .flush)
        #expect(probe.send(.request(1, keepsAlive: true), at: 5_000).next == 1)
        #expect(probe.send(.response(closes: false), at: 5_000).response == .last)
        // An idle connection is closed after a second, for a request that is already on its way.
        probe = ConnectionProbe()
        probe.send(.quiesce)
        #expect(probe.send(Self.tick(), at: 900).steps == .flush)
        #expect(probe.send(Self.tick(head: 950, byte: 950), at: 2_000).steps == .flush)
        #expect(probe.send(Self.tick(byte: 950, unsent: 1), at: 2_000).steps == .flush)
        // That the client read the last byte is a sign of life, so another second passes.
        #expect(probe.send(Self.tick(byte: 950), at: 5_000).steps == .flush)
        #expect(probe.send(Self.tick(byte: 950), at: 6_001).steps == .close)
    }

    @Test func waitsWhileTheSocketIsFull() {
        var probe = ConnectionProbe()
        probe.send(.writability(false))
        #expect(probe.send(.request(1, keepsAlive: true)).next == nil)
        #expect(probe.send(.read).steps == [])
        let writable = probe.send(.writability(true))
        #expect(writable.next == 1 && writable.steps == [.flush, .read])
    }

    @Test func refusesLateRequestsAndClosesSilentConnections() {
        var probe = ConnectionProbe()
        #expect(probe.send(Self.tick(head: 0, byte: 9_000), at: 10_000).steps == .flush)
        #expect(probe.send(Self.tick(head: 0, byte: 9_000), at: 10_001).steps == [.flush, .refuseLateRequest])
        // Both are due: the request is refused first.
        probe = ConnectionProbe()
        #expect(probe.send(Self.tick(head: 0), at: 30_001).steps == [.flush, .refuseLateRequest])
        probe = ConnectionProbe()
        probe.send(.head(expectsContinue: false), at: 1_000)
        #expect(probe.send(Self.tick(byte: 60_000), at: 61_000).steps == .flush)
        #expect(probe.send(Self.tick(byte: 60_000), at: 61_001).steps == [.flush, .refuseLateRequest])
        probe = ConnectionProbe()
        #expect(probe.send(Self.tick(), at: 30_000).steps == .flush)
        #expect(probe.send(Self.tick(), at: 30_001).steps == .close)
        // A response that takes long is not silence, and neither is a client that reads.
        probe = ConnectionProbe()
        probe.send(.request(1, keepsAlive: true))
        #expect(probe.send(Self.tick(), at: 90_000).steps == .flush)
        probe.send(.response(closes: true), at: 90_000)
        for step in 1...20 {
            let time = Int64(90_000 + step * 20_000)
            #expect(probe.send(Self.tick(unsent: 100 - step), at: time).steps == .flush)
        }
        #expect(probe.send(Self.tick(unsent: 80), at: 490_000 + 30_001).steps == .close)
    }
}
