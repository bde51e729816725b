import RosterBytes
import RosterModel
import RosterPublication
import Testing

@testable import RosterFleet

@Suite("The address of etcd")
struct EtcdAddressTests {
    @Test func namesEndpointsAndPrefix() throws {
        let address = try EtcdAddress("etcd://db1:2379,[2001:db8::1]:2380,127.0.0.1:9/acme/roster/")
        #expect(
            address.endpoints.map(\.description) == [
                "https://db1:2379", "https://[2001:db8::1]:2380", "http://127.0.0.1:9",
            ]
        )
        #expect(address.prefix == "acme/roster")
        let local = "etcd://localhost:2379/p"
        #expect(try EtcdAddress(local, transport: .tls).endpoints.map(\.scheme) == [.https])
        #expect(try EtcdAddress("etcd://db1:1/p", transport: .plain).endpoints.map(\.scheme) == [.http])
    }

    @Test(arguments: [
        "etcd://db1:2379", "etcd://db1:2379/", "etcd:///p", "etcd://db1/p", "etcd://db1:0/p", "etcd://db1:65536/p",
        "etcd://db1:02/p", "etcd://db1:+2/p", "https://db1:2379/p", "etcd://db1:1,/p", "etcd://db1:1,db1:1/p",
        "etcd://db1:1/p?a=b", "etcd://db1:1/p#f", "etcd://db1:1/p//q", "etcd://db1:1//p", "etcd://db1:1/p\nq",
        "etcd://db1:1/../p", "etcd://db1:1/\u{202E}p", "etcd://d b:1/p", "etcd://::1:2379/p",
        "etcd://a:1,b:1,c:1,d:1,e:1,f:1,g:1,h:1,i:1/p", "etcd://db1:1/" + String(repeating: "p", count: 257),
    ])
    func refuses(_ text: String) {
        #expect(throws: EtcdAddress.Problem.self) { try EtcdAddress(text) }
    }

    @Test func neverRepeatsPasswords() throws {
        let problem = #expect(throws: EtcdAddress.Problem.self) { try EtcdAddress("etcd://root:hunter2@db1:2379/p") }
        #expect(problem?.description.contains("hunter2") == false)
        #expect(problem?.description.contains("ROSTER_ETCD_USER") == true)
    }

    @Test func givesEachKeyOnePlace() throws {
        let keys = EtcdKeys(try EtcdAddress("etcd://db1:1/a/p"))
        let digest = Digest.sha256(of: [1, 2].span)
        let chunk = keys.chunk(7, of: digest)
        #expect(chunk == .key("a/p/blobs/sha256/\(digest.hex)/000007"))
        #expect(keys.digest(ofChunk: chunk.start) == digest)
        #expect(keys.digest(ofChunk: Array("a/p/blobs/sha256/ab/000007".utf8)) == nil)
        let channel = try #require(Channel("blobs"))
        let manifest = keys.manifest(channel).start
        #expect(manifest == Array("a/p/blobs/manifest".utf8))
        #expect(keys.isManifest(manifest) && !keys.isManifest(chunk.start))
        func contains(_ range: EtcdRange, _ key: [UInt8]) -> Bool {
            !key.lexicographicallyPrecedes(range.start) && range.end.map { key.lexicographicallyPrecedes($0) } == true
        }
        for name in ["a", "blobs", "main", "zz"] {
            let key = keys.manifest(try #require(Channel(name))).start
            #expect(keys.others.filter { contains($0, key) }.count == 1)
            #expect(!contains(keys.blobs, key))
        }
        #expect(contains(keys.blobs, chunk.start) && contains(keys.blob(digest), chunk.start))
        #expect(!keys.others.contains { contains($0, chunk.start) })
    }
}
