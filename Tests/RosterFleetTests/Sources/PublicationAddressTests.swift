import RosterBytes
import RosterFleet
import RosterModel
import Testing

@Suite("Addresses of publications")
struct PublicationAddressTests {
    private func problem(_ text: String) -> String? {
        do throws(PublicationAddress.Problem) {
            _ = try PublicationAddress(text)
            return nil
        } catch { return error.message }
    }

    @Test func parsesEachScheme() throws {
        #expect(try PublicationAddress("dir:../out/").location == .folder("../out/"))
        let local = PublicationAddress.Endpoint(host: try Host(parsing: "localhost"), port: 5000)
        #expect(
            try PublicationAddress("oci://localhost:5000/a/b").location == .oci(local, repository: "a/b", .tag(nil))
        )
        #expect(
            try PublicationAddress("oci://localhost:5000/a/b:v1.2").location
                == .oci(local, repository: "a/b", .tag("v1.2"))
        )
        let digest = String(repeating: "0a", count: 32)
        guard case .oci(_, "a", .digest(let found)) = try PublicationAddress("oci://h/a@sha256:\(digest)").location
        else {
            Issue.record("no digest")
            return
        }
        #expect(found.hex == digest)
        let origin = Origin(scheme: .https, host: try Host(parsing: "example.com"), port: 443)
        #expect(try PublicationAddress("https://example.com").location == .web(origin, path: "/"))
        #expect(try PublicationAddress("https://example.com/x").location == .web(origin, path: "/x/"))
        let six = PublicationAddress.Endpoint(host: try Host(parsing: "[::1]"), port: 2379)
        let name = PublicationAddress.Endpoint(host: try Host(parsing: "etcd2"), port: nil)
        #expect(try PublicationAddress("etcd://[::1]:2379,etcd2/a/b/").location == .etcd([six, name], prefix: "a/b"))
    }

    @Test func usesTLSExceptOnLoopback() throws {
        #expect(try PublicationAddress("oci://127.0.0.1:5000/a").scheme(isPlainHTTP: false) == .http)
        #expect(try PublicationAddress("oci://registry/a").scheme(isPlainHTTP: false) == .https)
        #expect(try PublicationAddress("oci://registry/a").scheme(isPlainHTTP: true) == .http)
        #expect(try PublicationAddress("etcd://127.0.0.1,other/a").scheme(isPlainHTTP: false) == .https)
        #expect(try PublicationAddress("https://localhost/a").scheme(isPlainHTTP: true) == .https)
    }

    @Test(arguments: [
        "", "dir:", "registry.json", "file:///a", "oci:a", "oci://", "oci:///a", "oci://h", "oci://h/", "oci://h/A",
        "oci://h/a//b", "oci://h/-a", "oci://h/a:", "oci://h/a:-x", "oci://h/a@sha256:00", "oci://h:0/a",
        "oci://h:65536/a", "oci://h:x/a", "https://h/a?token=1", "https://h/a#b", "https://h/../a", "https://h/ a",
        "https://h/\u{7}", "https://ä/a", "etcd://h", "etcd://h/", "etcd://h,/a",
        "etcd://a,b,c,d,e,f,g,h,i/p", "HTTPS://h/a",
    ])
    func refuses(text: String) { #expect(problem(text) != nil) }

    @Test(arguments: [
        "https://user:hunter2@host/a", "oci://hunter2@host/a", "etcd://root:hunter2@host/a", "hunter2@host/a",
        "ftp://user:hunter2@host", "https://host/a?key=hunter2",
    ])
    func neverRepeatsCredentials(text: String) throws {
        let message = try #require(problem(text))
        #expect(!message.contains("hunter2@host/a\"") && !message.contains(":hunter2") && !message.contains("=hunter2"))
    }
}
