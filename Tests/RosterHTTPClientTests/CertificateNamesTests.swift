import RosterModel
import RosterTestSupport
import Testing

@testable import RosterHTTPClient

/// Matching of the names of a certificate with hosts.
@Suite("Names of certificates")
struct CertificateNamesTests {
    private func covers(_ name: String, _ host: String) throws -> Bool {
        CertificateNames([.dns(Array(name.utf8))]).cover(try Host(parsing: host[...]))
    }

    @Test(
        "A dNSName covers the name that it is, and a wildcard one whole label",
        arguments: [
            ("llm.example.com", "llm.example.com"), ("LLM.Example.COM", "llm.example.com"), ("localhost", "localhost"),
            ("*.example.com", "llm.example.com"), ("*.EXAMPLE.com", "a-b.example.com"),
            ("*.example.com", "xn--bcher-kva.example.com"), ("*.a.b.example.com", "c.a.b.example.com"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ]
    )
    func covered(name: String, host: String) throws { #expect(try covers(name, host)) }

    @Test(
        "Nothing else covers a name",
        arguments: [
            ("llm.example.com", "example.com"), ("example.com", "llm.example.com"), ("example.com", "badexample.com"),
            ("llm.example.com.", "llm.example.com"), (".example.com", "llm.example.com"),
            (".llm.example.com", "llm.example.com"), ("llm.example.com ", "llm.example.com"),
            (" llm.example.com", "llm.example.com"), ("llm.example.com\0", "llm.example.com"),
            ("llm.example.com\0.evil.example", "llm.example.com"), ("llm\0.example.com", "llm.example.com"),
            ("ｌlm.example.com", "llm.example.com"), ("llm。example.com", "llm.example.com"),
            ("\u{212A}eys.example.com", "keys.example.com"), ("ſecure.example.com", "secure.example.com"),
            ("", "localhost"), ("*", "localhost"), ("*.", "localhost"), (".", "localhost"),
            ("*.localhost", "localhost"),
            ("*.*", "a.b"), ("*.com", "example.com"), ("*.localhost", "a.localhost"), ("*", "example.com"),
            ("*.example.com", "example.com"), ("*.example.com", "a.b.example.com"), ("*.*.com", "a.example.com"),
            ("*.example.com.", "llm.example.com"), ("*example.com", "llmexample.com"),
            ("l*.example.com", "llm.example.com"),
            ("*m.example.com", "llm.example.com"), ("l*m.example.com", "llm.example.com"),
            ("**.example.com", "llm.example.com"), ("llm.*.com", "llm.example.com"),
            ("llm.example.*", "llm.example.com"),
            ("*.*.example.com", "a.b.example.com"), ("xn--*.example.com", "xn--a.example.com"),
            ("https://llm.example.com", "llm.example.com"), ("llm.example.com:443", "llm.example.com"),
            ("user@llm.example.com", "llm.example.com"),
        ]
    )
    func refused(name: String, host: String) throws { #expect(try !covers(name, host)) }

    @Test(
        "An address needs an iPAddress with its own bytes",
        arguments: [
            ("127.0.0.1", [127, 0, 0, 1], true), ("127.0.0.1", [127, 0, 0, 2], false), ("127.0.0.1", [], false),
            ("127.0.0.1", [127, 0, 0], false), ("127.0.0.1", [127, 0, 0, 1, 0], false),
            ("127.0.0.1", [127, 0, 0, 1, 255, 255, 255, 255], false), ("127.0.0.1", [1, 0, 0, 127], false),
            ("127.0.0.1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 1], false),
            ("[::1]", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], true),
            ("[::1]", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], false), ("[::1]", [0, 0, 0, 1], false),
            ("[2001:db8::7]", [32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7], true),
            ("[2001:db8::7]", [32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8], false),
            ("[::ffff:127.0.0.1]", [127, 0, 0, 1], false),
        ] as [(String, [UInt8], Bool)]
    )
    func addresses(host: String, bytes: [UInt8], isCovered: Bool) throws {
        let host = try Host(parsing: host[...])
        #expect(CertificateNames([.address(bytes)]).cover(host) == isCovered)
        // The same bytes, and the text of the address, do not match as a name.
        #expect(!CertificateNames([.dns(bytes)]).cover(host))
        #expect(!CertificateNames([.dns(Array(host.numeric.utf8)), .dns(Array("\(host)".utf8))]).cover(host))
    }

    @Test("A name never matches an address")
    func namesOfAddresses() {
        for text in ["127.0.0.1", "::1", "[::1]", "", ".", "a..b", "a.b.", "a b", "a\0b", "ä"] {
            let names = CertificateNames([.dns(Array(text.utf8)), .address(Array(text.utf8))])
            #expect(!names.cover(.name(text)), "\(text)")
        }
    }

    @Test("Prints any names on one short line")
    func printing() throws {
        #expect(
            CertificateNames([]).description
                == "no host, since no subject alternative name of it is a DNS name or an IP address"
        )
        #expect(CertificateNames([.dns(Array("a.example".utf8))]).description == "a.example")
        let some: [CertificateNames.Name] = [
            .dns(Array("a\0\n\u{1B}b".utf8)), .address([127, 0, 0, 1]), .address([1]),
        ]
        #expect(
            CertificateNames(some).description
                == "a\\x00\\x0a\\x1bb, 127.0.0.1 and a malformed address of 1 bytes"
        )
        let many = (0..<4000).map { CertificateNames.Name.dns(Array("n\($0).example".utf8)) }
        #expect(CertificateNames(many).description.hasSuffix("n4.example and 3995 more"))
        let seed = TestSeed.of()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let names = (0..<Int.random(in: 0...12, using: &random)).map { _ -> CertificateNames.Name in
                let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                return Bool.random(using: &random) ? .dns(bytes) : .address(bytes)
            }
            let text = CertificateNames(names).description
            #expect(
                text.utf8.count < 2_000
                    && text.unicodeScalars.allSatisfy { $0 == "…" || (0x20..<0x7F).contains($0.value) }
            )
            for host in ["llm.example.com", "127.0.0.1", "[::1]"] {
                #expect(!CertificateNames(names).cover(try Host(parsing: host[...])), "seed \(seed)")
            }
        }
    }
}
