import RosterFleet
import RosterModel
import RosterPublication
import Testing

@Suite("Addresses of publications")
struct PublicationAddressTests {
    private typealias Encryption = PublicationAddress.Encryption

    private func address(
        _ text: String,
        _ encryption: Encryption = .exceptLoopback
    ) throws(PublicationAddress.Problem) -> PublicationAddress {
        try PublicationAddress(text, channel: .main, encryption: encryption)
    }

    private func problem(_ text: String) -> String? {
        do throws(PublicationAddress.Problem) {
            _ = try address(text)
            return nil
        } catch { return error.message }
    }

    @Test(arguments: [
        ("dir:../out/", "dir:../out/"),
        ("oci://localhost:5000/a/b", "oci://localhost:5000/a/b:main"),
        ("oci://localhost:5000/a/b:v1.2", "oci://localhost:5000/a/b:v1.2"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com/x/", "https://example.com/x/"),
        ("etcd://[::1]:2379,etcd2:2379/a/b", "etcd://[::1]:2379,etcd2:2379/a/b"),
    ])
    func parsesEachScheme(text: String, described: String) throws {
        #expect(try address(text).description == described)
    }

    @Test func usesTLSExceptOnLoopback() throws {
        func schemes(_ text: String, _ encryption: Encryption) throws -> [Origin.Scheme] {
            switch try address(text, encryption) {
            case .folder: []
            case .web(let base): [base.origin.scheme]
            case .oci(let reference): [reference.origin.scheme]
            case .etcd(let address): address.endpoints.map(\.scheme)
            }
        }
        #expect(try schemes("oci://127.0.0.1:5000/a", .exceptLoopback) == [.http])
        #expect(try schemes("oci://127.0.0.1:5000/a", .always) == [.https])
        #expect(try schemes("oci://registry/a", .exceptLoopback) == [.https])
        #expect(try schemes("oci://registry/a", .never) == [.http])
        #expect(try schemes("etcd://127.0.0.1:1,other:1/a", .exceptLoopback) == [.http, .https])
        #expect(try schemes("etcd://127.0.0.1:1,other:1/a", .always) == [.https, .https])
        #expect(try schemes("https://localhost/a", .never) == [.https])
        #expect(try schemes("http://localhost/a", .exceptLoopback) == [.http])
        #expect(try schemes("http://other/a", .never) == [.http])
        #expect(problem("http://other/a")?.contains("--plain-http") == true)
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
