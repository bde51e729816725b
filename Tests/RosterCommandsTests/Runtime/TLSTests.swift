import Foundation
import RosterTestSupport
import Testing

/// TLS and proxies, with a certificate authority for the tests.
@Suite("Commands: TLS and proxies")
struct TLSTests {
    /// A folder with `ca.pem`, and `good.pem` and `good.key` for two names and an address.
    private let authority: ScratchFolder

    init() throws {
        authority = try ScratchFolder()
        let script = """
            set -e
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=Tests -keyout ca.key -out ca.pem
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=llm.example.com -keyout good.key -out good.csr
            printf 'subjectAltName=DNS:llm.example.com,DNS:localhost,IP:127.0.0.1' > ext
            openssl x509 -req -in good.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out good.pem
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=other.example.com -keyout other.key -out other.csr
            printf 'subjectAltName=DNS:other.example.com' > ext
            openssl x509 -req -in other.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out other.pem
            printf 'subjectAltName=IP:127.0.0.1,IP:198.51.100.7' > ext
            openssl x509 -req -in good.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out address.pem
            cp good.key address.key
            """
        try RosterProgram(folder: authority.path).tool("sh", "-c", script)
    }

    private func server(_ name: String = "good") throws -> (RecordingServer, roots: String) {
        let folder = authority.path
        let server = try RecordingServer(.tls(certificate: "\(folder)/\(name).pem", key: "\(folder)/\(name).key"))
        return (server, folder + "/ca.pem")
    }

    private func repository(_ url: String, roots: String?) async throws -> RuntimeRepository {
        var repository = try await RuntimeRepository()
        try await repository.seal(
            hosts: [
                "127.0.0.1", "localhost", "llm.example.com", "llm.example.com:8443", "198.51.100.7", "198.51.100.8",
            ]
        )
        try repository.add("openai", "secret: key\nbaseUrl: \(url)")
        repository.program.environment["SSL_CERT_FILE"] = roots
        return repository
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func acceptsTrustedCertificate(host: String) async throws {
        let (server, roots) = try server()
        let repository = try await repository("https://\(host):\(server.port)", roots: roots)
        let run = try await repository.run("ping", "acme/openai")
        #expect(run.exitCode == 0 && run.output.contains("pong"), "\(run.error)")
        #expect(try await repository.run("models", "acme/openai").exitCode == 0)
        #expect(try server.records().first?.header("authorization") == "Bearer " + RuntimeRepository.key)
    }

    @Test func rejectsUntrustedCertificate() async throws {
        let (server, _) = try server()
        let repository = try await repository("https://localhost:\(server.port)", roots: nil)
        let run = try await repository.run("ping", "acme/openai")
        #expect(run.exitCode == 3 && run.error.contains("is not trusted"), "\(run.error)")
        #expect(try server.records().isEmpty)
    }

    @Test(
        "A certificate file that is missing or empty is reported",
        arguments: ["/nonexistent", "/dev/null", "/etc/hostname"]
    )
    func fileOfCertificates(path: String) async throws {
        let (server, _) = try server()
        let repository = try await repository("https://localhost:\(server.port)", roots: path)
        let run = try await repository.run("ping", "acme/openai")
        #expect(run.exitCode == 3 && run.error.contains("SSL_CERT_FILE"), "\(run.error)")
        #expect(try server.records().isEmpty)
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func rejectsCertificateOfAnotherHost(host: String) async throws {
        let (server, roots) = try server("other")
        let repository = try await repository("https://\(host):\(server.port)", roots: roots)
        let run = try await repository.run("ping", "acme/openai")
        #expect(
            run.exitCode == 3 && run.error.contains("is not for this host: it is for other.example.com"),
            "\(run.error)"
        )
        #expect(!RuntimeRepository.shows(run))
        #expect(try server.records().isEmpty)
    }

    /// Returns the output of `openssl s_server`, which contains the decrypted bytes.
    private func read(_ certificate: String, _ host: String) async throws -> (ping: ProgramRun, server: String) {
        let repository = try await repository("https://\(host):PORT", roots: authority.path + "/ca.pem")
        let script = """
            mkfifo input && exec 3<> input  # at the end of its input the server ends
            openssl s_server -accept 127.0.0.1:0 -cert "$1/$2.pem" -key "$1/$2.key" > read.txt 2>&1 <&3 &
            server=$!
            port=; i=0
            while [ -z "$port" ] && [ "$i" -lt 100 ]; do
                sleep 0.1; i=$((i + 1)); port=$(sed -n 's/^ACCEPT .*:\\([0-9]*\\)$/\\1/p' read.txt)
            done
            sed -i "s/PORT/$port/" providers/acme/openai.yaml
            "$0" ping acme/openai --timeout 6; status=$?
            kill "$server"; wait "$server" 2> /dev/null; exit "$status"
            """
        let run = try withExtendedLifetime(repository) {
            try repository.program.start("sh", ["-c", script, BuiltProgram.path, authority.path, certificate])
        }
        return (run, try repository.folder.read("read.txt"))
    }

    @Test(.tags(.startsProgram)) func doesNotVerifySocketAddressAsHostName() async throws {
        let refused = try await read("address", "localhost")
        #expect(refused.ping.exitCode == 3 && refused.ping.error.contains("is not for this host"), "\(refused)")
        #expect(refused.ping.error.contains("127.0.0.1 and 198.51.100.7"), "\(refused.ping)")
        #expect(refused.server.contains("ACCEPT") && !refused.server.contains("POST"), "\(refused.server)")
        for (certificate, host) in [("good", "localhost"), ("address", "127.0.0.1")] {
            let accepted = try await read(certificate, host)
            #expect(accepted.server.contains("POST /v1/chat/completions HTTP/1.1"), "\(accepted)")
        }
    }

    @Test func verifiesIPAddressThroughProxy() async throws {
        let (server, roots) = try server("address")
        let proxy = try RecordingServer(.proxy(to: server.port))
        for (host, isAccepted) in [("198.51.100.7", true), ("198.51.100.8", false), ("llm.example.com", false)] {
            var repository = try await repository("https://\(host)", roots: roots)
            repository.program.environment["HTTPS_PROXY"] = "http://127.0.0.1:\(proxy.port)"
            let before = try server.records().count
            let run = try await repository.run("ping", "acme/openai")
            #expect(run.exitCode == (isAccepted ? 0 : 3), "\(host) \(run)")
            #expect(isAccepted || run.error.contains("is not for this host"), "\(run.error)")
            #expect(try server.records().count == before + (isAccepted ? 1 : 0))
        }
    }

    @Test func reportsServerWithoutTLS() async throws {
        let server = try RecordingServer()
        let repository = try await repository("https://localhost:\(server.port)", roots: nil)
        let run = try await repository.run("ping", "acme/openai")
        #expect(run.exitCode == 3 && run.error.contains("answers without TLS"), "\(run.error)")
    }

    @Test func proxySeesOnlyHostNameAndTLS() async throws {
        let (server, roots) = try server()
        let proxy = try RecordingServer(.proxy(to: server.port))
        var repository = try await repository("https://llm.example.com:8443", roots: roots)
        repository.program.environment["HTTPS_PROXY"] = "http://user:p%40ss@127.0.0.1:\(proxy.port)"
        let run = try await repository.run("ping", "acme/openai")
        #expect(run.exitCode == 0 && run.output.contains("pong"), "\(run.error)")
        let inside = try #require(try server.records().first)
        #expect(inside.header("authorization") == "Bearer " + RuntimeRepository.key)
        #expect(inside.header("host") == "llm.example.com:8443")
        #expect(inside.header("proxy-authorization") == nil)
        // The proxy records the bytes when the connection ends.
        var seen: [RecordingServer.Record] = []
        for _ in 0..<50 where seen.isEmpty {
            usleep(100_000)
            seen = try proxy.records()
        }
        let record = try #require(seen.first)
        #expect(record.method == "CONNECT" && record.target == "llm.example.com:8443")
        #expect(record.header("host") == "llm.example.com:8443")
        #expect(record.header("proxy-authorization") == "Basic " + Data("user:p@ss".utf8).base64EncodedString())
        #expect(record.body.count > 500 && !record.body.contains("Canary") && !record.body.contains("Bearer"))
        #expect(!record.headers.joined().joined().contains("Canary"))
    }

    @Test func proxyCannotImpersonateProvider() async throws {
        let (other, roots) = try server("other")
        let proxy = try RecordingServer(.proxy(to: other.port))
        var repository = try await repository("https://llm.example.com", roots: roots)
        repository.program.environment["HTTPS_PROXY"] = "127.0.0.1:\(proxy.port)"
        let run = try await repository.run("ping", "acme/openai")
        #expect(
            run.exitCode == 3 && run.error.contains("is not for this host: it is for other.example.com"),
            "\(run.error)"
        )
        #expect(try other.records().isEmpty)
        repository.program.environment["HTTPS_PROXY"] = "socks5://127.0.0.1:1"
        let socks = try await repository.run("ping", "acme/openai")
        #expect(socks.exitCode == 3 && socks.error.contains("HTTPS_PROXY is set and names no proxy"))
    }

    @Test func bypassesProxyForLoopbackAndNoProxy() async throws {
        let (server, roots) = try server()
        let proxy = try RecordingServer(.proxy(to: server.port))
        var repository = try await repository("https://localhost:\(server.port)", roots: roots)
        for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy"] {
            repository.program.environment[name] = "http://127.0.0.1:\(proxy.port)"
        }
        #expect(try await repository.run("ping", "acme/openai").exitCode == 0)
        let plain = try RecordingServer()
        try repository.add("custom", "baseUrl: \(plain.url)")
        #expect(try await repository.run("ping", "acme/custom").exitCode == 0)
        #expect(try plain.records().count == 1)
        try repository.add("openai", "secret: key\nbaseUrl: https://llm.example.com")
        for exception in ["*", "example.com", ".example.com", "a.test, llm.example.com", "*.example.com"] {
            repository.program.environment["NO_PROXY"] = exception
            let run = try await repository.run("ping", "acme/openai", "--timeout", "5")
            #expect(run.exitCode == 3 && !run.error.contains("proxy"), "\(run.error)")
        }
        #expect(try proxy.records().isEmpty)
    }
}
