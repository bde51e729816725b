import Foundation
import RosterBytes
import RosterHTTPClient
import RosterPublication
import RosterTestSupport
import Synchronization
import Testing

@testable import RosterFleet

@Suite("Users and certificates of etcd")
struct EtcdAccessTests {
    private static func base64(_ text: String) -> String { CanonicalBase64.encode(Array(text.utf8).span) }

    /// Creates users with a role each, and turns authentication on; returns the token of the administrator.
    private func enableUsers(_ cluster: EtcdCluster, _ client: any HTTPSender) async throws -> String {
        func add(_ user: String, _ role: String) async throws {
            try await cluster.request("/v3/auth/user/add", #"{"name":"\#(user)","password":"\#(user)-1"}"#, by: client)
            try await cluster.request("/v3/auth/user/grant", #"{"user":"\#(user)","role":"\#(role)"}"#, by: client)
        }
        let all = #""key":"\#(Self.base64("p/"))","range_end":"\#(Self.base64("p0"))""#
        for (role, right) in [("reads", "READ"), ("writes", "READWRITE")] {
            try await cluster.request("/v3/auth/role/add", #"{"name":"\#(role)"}"#, by: client)
            let body = #"{"name":"\#(role)","perm":{"permType":"\#(right)",\#(all)}}"#
            try await cluster.request("/v3/auth/role/grant", body, by: client)
        }
        try await add("root", "root")
        try await add("reader", "reads")
        try await add("writer", "writes")
        try await cluster.request("/v3/auth/user/add", #"{"name":"guest","password":"guest-1"}"#, by: client)
        try await cluster.request("/v3/auth/enable", "{}", by: client)
        let answer = try await cluster.request(
            "/v3/auth/authenticate",
            #"{"name":"root","password":"root-1"}"#,
            by: client
        )
        return try EtcdMembers(parsing: Array(answer.utf8)).text("token")
    }

    private func reason(_ body: () async throws -> Void) async -> SourceProblem.Reason? {
        do {
            try await body()
            return nil
        } catch let problem as SourceProblem { return problem.reason } catch DestinationProblem.failed(let problem) {
            return problem.reason
        } catch { return nil }
    }

    @Test func limitWhatIsReadAndWritten() async throws {
        let tls = try EtcdCertificates()
        let cluster = try await EtcdCluster(tls: tls)
        let (address, client) = (try cluster.address(transport: .tls), try tls.client())
        func destination(_ credentials: EtcdCredentials?, by sender: (any HTTPSender)? = nil) -> EtcdDestination {
            EtcdDestination(
                address,
                channel: .main,
                sender: sender ?? client,
                credentials: credentials,
                schedule: EtcdSchedule.immediate
            )
        }
        func user(_ name: String, _ password: String? = nil) -> EtcdCredentials {
            EtcdCredentials(user: name) { () throws(SourceProblem) -> String in password ?? "\(name)-1" }
        }
        // A user is no problem before authentication is on.
        #expect(await reason { _ = try await destination(user("writer")).current() } == nil)
        let root = try await enableUsers(cluster, client)
        let writer = destination(user("writer"))
        let first = try EtcdPublications.small(10)
        try await writer.publish(first, after: nil, keeping: 1)

        let unauthorized = SourceProblem.Reason.unauthorized
        #expect(await reason { _ = try await destination(nil).current() } == unauthorized)
        #expect(await reason { _ = try await destination(user("guest")).current() } == unauthorized)
        #expect(await reason { _ = try await destination(user("reader", "wrong")).current() } == unauthorized)
        let reader = destination(user("reader"))
        let seen = try await reader.current()
        #expect(seen?.manifest == first.manifest)
        let second = try EtcdPublications.small(11)
        #expect(await reason { try await reader.publish(second, after: seen, keeping: 1) } == unauthorized)
        #expect(
            await reason { _ = try await destination(user("reader"), by: tls.client("named")).current() }
                == unauthorized
        )
        let others = try tls.client(roots: "other.pem")
        #expect(await reason { _ = try await destination(user("reader"), by: others).current() } == .tls)

        let source = EtcdSource(address, channel: .main, sender: client, credentials: user("reader"))
        let events = CollectedEvents(of: source, EtcdSchedule.scaled(by: 0.02))
        try await EtcdCluster.eventually("the first") { events.all.contains(first.text) }
        try await writer.publish(second, after: seen, keeping: 1)
        try await EtcdCluster.eventually("the second") { events.all.contains(second.text) }
        let revocation = #"{"role":"reads","key":"\#(Self.base64("p/"))","range_end":"\#(Self.base64("p0"))"}"#
        try await cluster.request("/v3/auth/role/revoke", revocation, token: root, by: client)
        try await EtcdCluster.eventually("the revocation") { events.last == "unauthorized" }
        let guest = EtcdSource(address, channel: .main, sender: client, credentials: user("guest"))
        let denied = CollectedEvents(of: guest, EtcdSchedule.scaled(by: 0.02))
        try await EtcdCluster.eventually("the refusal") { denied.last == "unauthorized" }
    }

    @Test func areReadFromAFileForEachToken() throws {
        let folder = try ScratchFolder()
        try folder.write("password", "first\n")
        let path = folder.path + "/password"
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let credentials = EtcdCredentials(user: "reader", passwordFile: path)
        #expect(try credentials.password() == "first")
        try folder.write("password", "second")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let problem = #expect(throws: SourceProblem.self) { try credentials.password() }
        #expect(problem?.message.contains("set its permissions to 0600, or 0440 for a mount") == true)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(try credentials.password() == "second")
    }
}
