import RosterBytes
import RosterHTTPClient
import RosterPublication
import Synchronization
import Testing

@testable import RosterFleet

@Suite("A source in etcd, scripted")
struct EtcdSourceTests {
    private typealias Script = ScriptedEtcd

    private func source(
        _ script: ScriptedEtcd,
        hosts: String = "127.0.0.1:1,127.0.0.1:2,127.0.0.1:3",
        credentials: EtcdCredentials? = nil
    ) throws -> EtcdSource {
        EtcdSource(try EtcdAddress("etcd://\(hosts)/p"), channel: .main, sender: script, credentials: credentials)
    }

    @Test func reportsTheChangesOfAWatchInAnyParts() async throws {
        let lines = Script.created(5) + Script.event("b", 6) + Script.event("c", 7)
        let script = ScriptedEtcd { request in
            request.path == "/v3/watch"
                ? .stream(lines.unicodeScalars.map { String($0) }, end: nil) : Script.range("a", 4, store: 5)
        }
        let events = CollectedEvents(of: try source(script), EtcdSchedule.endless)
        try await EtcdCluster.eventually("the last change") { events.all.contains("c") }
        let watch = script.requests.withLock { $0.first { $0.path == "/v3/watch" } }
        #expect(watch?.body.contains(#""start_revision":"6""#) == true)
        #expect(events.all.filter { $0 != "same" } == events.all.filter { $0 != "same" }.sorted())
    }

    @Test func takesNewerDataFromAnotherEndpointAndWatchesThere() async throws {
        let script = ScriptedEtcd { request in
            switch (request.path, request.port) {
            case ("/v3/watch", 1): .stream([Script.created(5)], end: nil)
            case ("/v3/watch", _): .stream([Script.created(8), Script.event("c", 9)], end: nil)
            case (_, 1): Script.range("a", 4, store: 5)
            default: Script.range("b", 7, store: 8)
            }
        }
        // From the first endpoint on.
        let events = CollectedEvents(of: try source(script), EtcdSchedule.scaled(by: 0.001, random: { 0.2 }))
        try await EtcdCluster.eventually("the change") { events.all.contains("c") }
        let watched = script.requests.withLock { $0.filter { $0.path == "/v3/watch" }.map(\.port) }
        #expect(watched.prefix(2) == [1, 2])
        #expect(events.all.contains("b"))
    }

    @Test func readsAndWatchesElsewhereWhenAStreamBreaks() async throws {
        let script = ScriptedEtcd { request in
            switch (request.path, request.port) {
            case ("/v3/watch", 1): .stream([Script.created(5), #"{"result":{"hea"#], end: .closed)
            case ("/v3/watch", _): .stream([Script.created(5), Script.event("b", 6)], end: nil)
            default: Script.range("a", 4, store: 5)
            }
        }
        // Without any waiting, and from the first endpoint on.
        let events = CollectedEvents(of: try source(script), EtcdSchedule.scaled(by: 3600, random: { 0.2 }))
        try await EtcdCluster.eventually("the change") { events.last == "b" }
        #expect(!events.all.contains("unreachable"))
    }

    @Test(arguments: [(0.0, 1), (0.33, 1), (0.34, 2), (0.67, 3), (0.999, 3)])
    func beginsAtARandomEndpoint(_ random: Double, port: Int) async throws {
        let script = ScriptedEtcd { request in
            request.path == "/v3/watch" ? .stream([Script.created(5)], end: nil) : Script.range("a", 4, store: 5)
        }
        let events = CollectedEvents(of: try source(script), EtcdSchedule.scaled(by: 3600, random: { random }))
        try await EtcdCluster.eventually("the manifest") { events.last == "a" }
        #expect(script.requests.withLock { $0.allSatisfy { $0.port == port } })
    }

    @Test func readsAgainAfterACompaction() async throws {
        let reads = Mutex(0)
        let script = ScriptedEtcd { request in
            guard request.path == "/v3/watch" else {
                let count = reads.withLock { count -> Int in
                    count += 1
                    return count
                }
                return count == 1 ? Script.range("a", 4) : Script.range("b", 9)
            }
            let compacted = #"{"result":{"header":{"raft_term":"2"},"canceled":true,"compact_revision":"8"}}"# + "\n"
            return request.body.contains(#""5""#)
                ? .stream([Script.created(9), compacted], end: nil) : .stream([], end: nil)
        }
        let events = CollectedEvents(
            of: try source(script),
            Schedule(
                sleep: { _ in
                    (try? await Task.sleep(for: .seconds(3600))) != nil
                },
                random: { 0.5 }
            )
        )
        try await EtcdCluster.eventually("the later manifest") { events.all.contains("b") }
        #expect(script.requests.withLock { $0.last?.body.contains(#""start_revision":"10""#) } == true)
    }

    @Test func backsOffWhenNoEndpointAnswers() async throws {
        let waits = Mutex<[Duration]>([])
        let script = ScriptedEtcd { _ in .failure(.headTimeout) }
        let schedule = Schedule(
            sleep: { wait in
                waits.withLock { waits in
                    waits.append(wait)
                    return waits.count < 6
                }
            },
            random: { 1 }
        )
        let events = CollectedEvents(of: try source(script), schedule)
        try await EtcdCluster.eventually("all attempts") { waits.withLock { $0.count } == 6 }
        #expect(waits.withLock { $0 } == [2, 4, 5, 5, 5, 5].map { .seconds($0) })
        #expect(Set(events.all).isSubset(of: ["timeout"]))
        // Every endpoint in every attempt.
        #expect(script.requests.withLock { $0.count } == 18)
    }

    @Test(arguments: [
        ("", 0, ""), ("{}", 1, "\n"), ("junk", 1, ""), ("junk", 1, "\n"), ("x", 2 << 20, ""),
        ("{\"result\":", 10_000, "\n"),
    ])
    func survivesHostileWatches(_ unit: String, count: Int, end: String) async throws {
        let parts = count == 0 ? [] : [String(repeating: unit, count: count) + end]
        let waits = Mutex(0)
        let script = ScriptedEtcd { request in
            request.path == "/v3/watch" ? .stream(parts, end: .closed) : Script.range("a", 4)
        }
        let schedule = Schedule(
            sleep: { wait in
                // The reads every ten seconds never come, so the waits are those after three broken watches.
                guard wait < .seconds(8) else { return (try? await Task.sleep(for: .seconds(3600))) != nil }
                return waits.withLock { count in
                    count += 1
                    return count < 4
                }
            },
            random: { 0.9 }
        )
        let events = CollectedEvents(of: try source(script), schedule)
        try await EtcdCluster.eventually("back-off") { waits.withLock { $0 } == 4 }
        #expect(Set(events.all).isSubset(of: ["a", "same"]))
        #expect(script.requests.withLock { $0.count { $0.path == "/v3/watch" } } == 6)
    }

    @Test func authenticatesAgainWhenATokenExpires() async throws {
        let passwords = Mutex(0)
        let credentials = EtcdCredentials(user: "reader") { () throws(SourceProblem) -> String in
            passwords.withLock {
                $0 += 1
                return "password \($0)"
            }
        }
        let script = ScriptedEtcd { request in
            if request.path == "/v3/auth/authenticate" {
                return .json("{\(Script.header(3)),\"token\":\"t\(request.body.contains("password 1") ? 1 : 2)\"}")
            }
            guard request.token == "t2" else { return Script.error(16, "etcdserver: invalid auth token", status: 401) }
            return request.path == "/v3/watch" ? .stream([], end: nil) : Script.range("a", 4)
        }
        let events = CollectedEvents(
            of: try source(script, credentials: credentials),
            EtcdSchedule.endless
        )
        try await EtcdCluster.eventually("the manifest") { events.all.first == "a" }
        #expect(passwords.withLock { $0 } == 2)
    }

    @Test func reportsADeletedKeyAndTooLargeManifests() async throws {
        let large = String(repeating: "x", count: PublicationLimits.manifest + 1)
        let deletion =
            #"{"result":{"header":{"revision":"6"},"events":[{"type":"DELETE","kv":{"key":"\#(CanonicalBase64.encode(Array("p/main/manifest".utf8).span))","mod_revision":"6"}}]}}"#
        let script = ScriptedEtcd { request in
            guard request.path == "/v3/watch" else { return Script.range("a", 4, store: 5) }
            return request.port == 1
                ? .stream([deletion + "\n"], end: nil) : .stream([Script.event(large, 7)], end: nil)
        }
        let deleted = CollectedEvents(
            of: try source(script, hosts: "127.0.0.1:1"),
            Schedule(sleep: { _ in (try? await Task.sleep(for: .seconds(3600))) != nil }, random: { 0.5 })
        )
        try await EtcdCluster.eventually("the deletion") { deleted.last == "not-found" }
        let tooLarge = CollectedEvents(
            of: try source(script, hosts: "127.0.0.1:2"),
            Schedule(sleep: { _ in (try? await Task.sleep(for: .seconds(3600))) != nil }, random: { 0.5 })
        )
        try await EtcdCluster.eventually("the large manifest") { tooLarge.last == "too-large" }
    }
}
