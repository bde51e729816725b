import Foundation
import RosterHTTPClient
import RosterPublication
import RosterTestSupport
import Testing

@testable import RosterFleet

@Suite("Three nodes of etcd")
struct EtcdFailoverTests {
    @Test func outliveTheirLeaderAndASilentNode() async throws {
        let cluster = try await EtcdCluster(nodes: 3)
        let client = HTTPClient(try HTTPClientConfiguration { _ in nil })
        let address = try cluster.address()
        let destination = EtcdDestination(address, channel: .main, sender: client)
        func publish(_ serial: Int64) async throws -> SignedPublication {
            let publication = try EtcdPublications.small(serial)
            var seen: PublishedManifest?
            // A request may take longer than its limit on a busy machine.
            try await EtcdCluster.eventually("publication \(serial)") {
                do throws(DestinationProblem) {
                    seen = try await destination.current()
                    if seen?.manifest == publication.manifest { return true }
                    try await destination.publish(publication, after: seen, keeping: 3)
                    return true
                } catch {
                    guard case .failed(let problem) = error else { throw error }
                    return ![.unreachable, .timeout].contains(problem.reason)
                        ? try #require(nil as Bool?, "\(problem)") : false
                }
            }
            return publication
        }
        let first = try await publish(10)
        let source = EtcdSource(address, channel: .main, sender: client)
        let events = CollectedEvents(of: source, EtcdSchedule.scaled(by: 0.1, random: { 0.2 }))
        try await EtcdCluster.eventually("the first") { events.all.contains(first.text) }

        // With this random number, the watch is at the first node, which hangs with open connections.
        cluster.signal(0, SIGSTOP)
        let second = try await publish(11)
        try await EtcdCluster.eventually("the second, by another endpoint") { events.all.contains(second.text) }
        cluster.signal(0, SIGCONT)

        let leader = try await leader(of: cluster, client)
        cluster.signal(leader, SIGKILL)
        let third = try await publish(12)
        try await EtcdCluster.eventually("the third, after an election") { events.all.contains(third.text) }
        try cluster.restart(leader)
        // Without the others, the restarted node is needed for a majority.
        cluster.signal((leader + 1) % 3, SIGKILL)
        let fourth = try await publish(13)
        try await EtcdCluster.eventually("the fourth") { events.all.contains(fourth.text) }
    }

    /// Returns the number of the node that leads.
    private func leader(of cluster: EtcdCluster, _ client: any HTTPSender) async throws -> Int {
        var leader: Int?
        try await EtcdCluster.eventually("a leader") {
            for (index, endpoint) in try cluster.address().endpoints.enumerated() {
                let request = HTTPRequest("POST", endpoint, "/v3/maintenance/status", body: Array("{}".utf8))
                guard let response = try? await client.send(request, timing: HTTPTiming()),
                    let bytes = try? await response.body.whole(limit: 1 << 16),
                    let status = try? EtcdMembers(parsing: bytes), let id = try? status.text("leader"), !id.isEmpty,
                    let member = try? status.members("header")?.text("member_id")
                else { continue }
                if member == id { leader = index }
            }
            return leader != nil
        }
        return try #require(leader)
    }
}
