import RosterBytes
import RosterModel
import RosterPublication
import Testing

@testable import RosterFleet

@Suite("References of OCI registries")
struct OCIReferenceTests {
    private static let hex = String(repeating: "ab", count: 32)

    @Test(arguments: [
        ("oci://ghcr.io/acme/llm-registry", "https://ghcr.io", "acme/llm-registry", "main"),
        ("oci://ghcr.io/acme/llm-registry:prod.1", "https://ghcr.io", "acme/llm-registry", "prod.1"),
        ("oci://GHCR.io:8443/a/b__c/d--e.f_g:X", "https://ghcr.io:8443", "a/b__c/d--e.f_g", "X"),
        ("oci://localhost:5000/a", "http://localhost:5000", "a", "main"),
        ("oci://127.0.0.1/a", "http://127.0.0.1", "a", "main"),
        ("oci://[::1]:5000/a:b", "http://[::1]:5000", "a", "b"),
        ("oci://docker.io/redis", "https://registry-1.docker.io", "library/redis", "main"),
        ("oci://index.docker.io/acme/redis:1", "https://registry-1.docker.io", "acme/redis", "1"),
        ("oci://h.example/a@sha256:\(hex)", "https://h.example", "a", "sha256:\(hex)"),
        ("oci://h.example/a:main@sha256:\(hex)", "https://h.example", "a", "sha256:\(hex)"),
    ])
    func parses(_ text: String, _ origin: String, _ repository: String, _ version: String) throws {
        let reference = try OCIExample.reference(text)
        #expect(reference.origin.description == origin)
        #expect(reference.repository == repository)
        #expect(reference.version == version)
        #expect(reference.isMetered == origin.contains("docker.io"))
    }

    @Test(arguments: [
        "https://h/a", "oci:h/a", "oci://", "oci://h", "oci://h/", "oci:///a", "oci://h/A", "oci://h/a/", "oci://h//a",
        "oci://h/a/../b", "oci://h/.a", "oci://h/a.", "oci://h/a..b", "oci://h/a___b", "oci://h/a._b", "oci://h/a:",
        "oci://h/a:.b", "oci://h/a:b/c", "oci://h/a:b:c", "oci://h/a%2fb", "oci://h/a b", "oci://h/a?b=c",
        "oci://h/a#b",
        "oci://h:0/a", "oci://h:65536/a", "oci://h:x/a", "oci://h_/a", "oci://127.1/a", "oci://h/a@sha256:abc",
        "oci://h/a@sha512:abc", "oci://h/a@", "oci://user:secret@h/a", "oci://user@h/a", "oci://h/é",
        "oci://h/a:" + String(repeating: "x", count: 129), "oci://h/" + String(repeating: "x", count: 256),
        "oci://h/a@sha256:" + String(repeating: "AB", count: 32),
    ])
    func refuses(_ text: String) {
        do {
            let reference = try OCIExample.reference(text)
            Issue.record("\(text) was parsed as \(reference)")
        } catch {
            #expect(!"\(error)".contains("secret"))
        }
    }

    @Test func usesHTTPOnlyOnRequest() throws {
        let text = "oci://registry.internal:5000/a"
        #expect(try OCIExample.reference(text).origin.scheme == .https)
        #expect(try OCIExample.reference(text, .never).origin.scheme == .http)
        #expect(try OCIExample.reference("oci://localhost/a", .always).origin.scheme == .https)
        #expect(try OCIExample.reference("oci://docker.io/a", .never).origin.scheme == .https)
    }

    @Test func isWrittenAsItIsParsed() throws {
        let text = "oci://h.example:8443/a/b:main@sha256:\(Self.hex)"
        #expect(try OCIExample.reference(text).description == text)
    }

    @Test(arguments: [
        "oci://h/a@sha256:\(hex)", "oci://h/a:main-1795899518487", "oci://h/a:" + String(repeating: "x", count: 101),
    ])
    func areNotDestinations(_ text: String) throws {
        let reference = try OCIExample.reference(text)
        let sender = ScriptedSender { _, _ in .init(200) }
        #expect(throws: OCIReference.Problem.self) {
            try OCIDestination(reference, sender: sender, credentials: .none)
        }
    }

    @Test(arguments: [
        ("https://h/a?b=c#d", "https://h", "/a?b=c"), ("/x?y", "https://base.example", "/x?y"),
        ("//other.example/z", "https://other.example", "/z"), ("http://h:81", "http://h:81", "/"),
        ("https://h?x", "https://h", "/?x"),
    ])
    func resolveLocations(_ text: String, _ origin: String, _ target: String) throws {
        let base = try #require(OCILocation("https://base.example/v2/"))
        let location = try #require(OCILocation(text, relativeTo: base))
        #expect(location.origin.description == origin)
        #expect(location.target == target)
    }

    @Test(arguments: [
        "", "x", "ftp://h/a", "https://u:p@h/a", "https://h/a b", "https://h/\r\nX: y", "https://", "https:\\\\h\\a",
    ])
    func refuseLocations(_ text: String) throws {
        let base = try #require(OCILocation("https://base.example/v2/"))
        #expect(OCILocation(text, relativeTo: base) == nil)
    }

    @Test func addParametersToALocation() throws {
        let plain = try #require(OCILocation("https://h/a"))
        #expect(plain.adding([("digest", "sha256:ab")]).target == "/a?digest=sha256%3Aab")
        let query = try #require(OCILocation("https://h/a?state=x"))
        #expect(query.adding([("b", "c d"), ("e", "&")]).target == "/a?state=x&b=c%20d&e=%26")
    }
}
