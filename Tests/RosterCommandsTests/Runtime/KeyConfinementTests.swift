import Foundation
import RosterHTTPClient
import RosterModel
import RosterTestSupport
import Synchronization
import Testing

@testable import RosterRuntime

/// A key is sent only to the destinations that its secret allows.
@Suite("Commands: destinations of keys")
struct KeyConfinementTests {
    /// Returns every byte that a server received.
    private static func saw(_ server: RecordingServer) throws -> String {
        try server.records().map { "\($0.target) \($0.headers) \($0.body)" }.joined()
    }

    /// Returns a client with a long time-out, since other tests may keep the machine busy.
    private static func client(_ resolver: NameResolver, _ environment: [String: String] = [:]) throws -> ProviderClient
    {
        var limits = ClientLimits()
        (limits.connect, limits.total) = (.seconds(3600), .seconds(3600))
        return try ProviderClient(limits: limits, resolver: resolver, environment: { environment[$0] })
    }

    @Test(
        "A redirect is reported and not followed",
        arguments: [301, 302, 303, 307, 308, 300, 304]
    )
    func redirect(status: Int) async throws {
        let other = try RecordingServer()
        let location = other.url + "/v1/chat/completions?token={key}"
        let server = try RecordingServer(
            answers: #"{"*": [{"status": \#(status), "headers": {"Location": "\#(location)"}, "body": ""}]}"#
        )
        let repository = try await RuntimeRepository.at(server)
        for command in ["ping", "models"] {
            let run = try await repository.run(command, "acme/openai")
            #expect(run.exitCode == 3)
            #expect(
                run.error.contains("answered \(status) and points to \(other.url)/v1/chat/completions;"),
                "\(run.error)"
            )
            #expect(!RuntimeRepository.shows(run))
        }
        #expect(try other.records().isEmpty)
        #expect(try server.records().count == 2)
    }

    @Test func sendsNoKeyToHostOutsideBox() async throws {
        let (allowed, other) = (try RecordingServer(), try RecordingServer())
        let repository = try await RuntimeRepository()
        try await repository.seal(hosts: ["127.0.0.1:\(allowed.port)"])
        try repository.add("openai", "secret: key\nbaseUrl: \(allowed.url)/v1")
        #expect(try await repository.run("ping", "acme/openai").exitCode == 0)
        try repository.add("openai", "secret: key\nbaseUrl: \(other.url)/v1")
        // `check` reports the mismatch. If the file is edited to hide it, the secret does not open.
        let refused = try await repository.run("ping", "acme/openai")
        #expect(refused.exitCode == 3 && refused.error.contains("secret-host-mismatch"), "\(refused.error)")
        let secret = try repository.folder.read("secrets/acme/key.yaml")
        try repository.folder.write(
            "secrets/acme/key.yaml",
            secret.replacing("127.0.0.1:\(allowed.port)", with: "127.0.0.1:\(other.port)")
        )
        #expect(try await repository.run("check").exitCode == 0)
        for arguments in [["ping", "acme/openai"], ["models", "acme/openai"], ["exec", "acme/openai", "--", "env"]] {
            let run = try await repository.run(arguments)
            #expect(run.exitCode == 3 && run.error.contains("does not open"), "\(run.error)")
            #expect(!RuntimeRepository.shows(run))
        }
        #expect(try other.records().isEmpty)
        #expect(try allowed.records().count == 1)
    }

    @Test func appliesPathPrefixToEachRequest() async throws {
        let server = try RecordingServer()
        let repository = try await RuntimeRepository()
        try await repository.seal(hosts: ["127.0.0.1/tenant-a/chat/"])
        try repository.add("gateway", "secret: key\nbaseUrl: \(server.url)/tenant-a")
        #expect(try await repository.run("ping", "acme/gateway").exitCode == 0)
        let models = try await repository.run("models", "acme/gateway")
        #expect(
            models.exitCode == 3 && models.error.contains("/tenant-a/models, where the key of acme/gateway may not")
        )
        #expect(try server.records().count == 1)
    }

    @Test(
        "No key is sent over plain http to another machine",
        arguments: [
            "http://api.openai.com/v1", "http://10.0.0.1/v1", "http://[fe80::1]/v1", "https://169.254.169.254/v1",
        ]
    )
    func plainHTTP(url: String) async throws {
        let repository = try await RuntimeRepository()
        try await repository.seal(hosts: ["api.openai.com"])
        try repository.add("openai", "secret: key\nbaseUrl: \"\(url)\"")
        for arguments in [["ping", "acme/openai"], ["models", "acme/openai"], ["exec", "acme/openai", "--", "env"]] {
            let run = try await repository.run(arguments)
            #expect(run.exitCode == 3 && run.output.isEmpty, "\(run.error)")
            #expect(!RuntimeRepository.shows(run))
        }
    }

    @Test(
        "Addresses that only resemble rejected ones are connected to",
        arguments: [
            "2001:db8::a9fe:a9fe", "2001:db8::5efe:192.0.2.1", "64:ff9b::192.0.2.1", "64:ff9b:1:c000:2:100::",
            "64:ff9b:1::192.0.2.1",
            "fd00:ec3::254", "fd12:3456::1", "::ffff:192.0.2.1",
        ]
    )
    func resembles(address: String) throws {
        #expect(!(try #require(IPv6Address(address))).isForbidden)
    }

    @Test(
        "A name that resolves to a link-local or metadata address is rejected",
        arguments: [
            "169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "168.63.129.16", "100.100.100.200",
            "192.0.0.192", "fe80::1", "ff02::1", "fd00:ec2::254", "fd20:ce::254", "::ffff:169.254.169.254",
            "::169.254.169.254", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "2002:a9fe:a9fe::",
            "2001:0:a9fe:a9fe::1", "::ffff:0:a9fe:a9fe", "fe80::a9fe:a9fe", "2001:db8::5efe:a9fe:a9fe",
            "2001:db8::200:5efe:169.254.169.254", "64:ff9b:1:a9fe:a9:fe00::", "64:ff9b:1:a9:fe:a9fe::",
            "64:ff9b:1:0:a9:fea9:fe00:0", "fd00:ec2::23", "fd00:c1::a9fe:a9fe", "fd00:42::42",
        ]
    )
    func resolved(address: String) async throws {
        let host: RosterModel.Host = try IPv4Address(address).map { .ipv4($0) } ?? .ipv6(#require(IPv6Address(address)))
        // One rejected address among acceptable ones is enough.
        let good = RosterModel.Host.ipv4(IPv4Address(value: 0x7F00_0001))
        let origin = Origin(scheme: .https, host: .name("llm.example.com"), port: 443)
        for addresses in [[host], [good, host], [host, good]] {
            let client = try Self.client(NameResolver { _ in addresses })
            let request = ProviderRequest(method: "GET", origin: origin, target: "/", headers: [], body: [])
            let failure = await #expect(throws: ProviderFailure.self) { try await client.send(request) }
            #expect(failure?.code == .address)
            #expect(failure?.message.contains("resolves to") == true)
            // The check also applies to connections through a proxy.
            let proxied = try Self.client(NameResolver { _ in addresses }, ["HTTPS_PROXY": "http://127.0.0.1:9"])
            let second = await #expect(throws: ProviderFailure.self) { try await proxied.send(request) }
            #expect(second?.code == .address)
            await #expect(throws: ProviderFailure.self) { try await client.checkAddresses(of: origin) }
        }
    }

    @Test(
        "The names of metadata services are rejected without a lookup",
        arguments: [
            "metadata", "metadata.google.internal", "metadata.goog", "instance-data.ec2.internal",
        ]
    )
    func metadataNames(name: String) async throws {
        let client = try Self.client(
            NameResolver { _ in
                Issue.record("it was looked up")
                return nil
            }
        )
        let origin = Origin(scheme: .http, host: .name(name), port: 80)
        let request = ProviderRequest(method: "GET", origin: origin, target: "/", headers: [], body: [])
        let failure = await #expect(throws: ProviderFailure.self) { try await client.send(request) }
        #expect(failure?.code == .address)
    }

    @Test func connectsToCheckedAddressDespiteDNSRebinding() async throws {
        let server = try RecordingServer(answers: #"{"*": [{"status": 429, "headers": {"Retry-After": "0"}}]}"#)
        let count = Count()
        let client = try Self.client(
            NameResolver { _ in
                // A second lookup returns a metadata address.
                count.next() == 1 ? [.ipv4(IPv4Address(value: 0x7F00_0001))] : [.ipv4(IPv4Address(value: 0xA9FE_A9FE))]
            }
        )
        let origin = Origin(scheme: .http, host: .name("llm.example.com"), port: UInt16(server.port))
        let request = ProviderRequest(method: "GET", origin: origin, target: "/v1/models", headers: [], body: [])
        #expect(try await client.send(request).status == 429)
        #expect(count.value == 1)
        let records = try server.records()
        #expect(records.count == 3)
        #expect(records.allSatisfy { $0.header("host") == "llm.example.com:\(server.port)" })
    }

    @Test("The built program rejects such a name", .tags(.startsProgram), .enabled(if: NamespacePeer.isAvailable))
    func hostsFile() async throws {
        let repository = try await RuntimeRepository()
        try await repository.seal(hosts: ["llm.example.com"])
        try repository.add("custom", "secret: key\nbaseUrl: https://llm.example.com")
        for command in [["ping", "acme/custom"], ["models", "acme/custom"], ["exec", "acme/custom", "--", "env"]] {
            let run = try NamespacePeer.run(repository, hosts: "169.254.169.254 llm.example.com\n", command)
            #expect(run.exitCode == 3 && run.error.contains("llm.example.com resolves to 169.254.169.254"), "\(run)")
            #expect(!RuntimeRepository.shows(run))
        }
    }

    @Test(
        "A key that the provider echoes is masked",
        arguments: ["text", "json", "redirect", "models", "answer"]
    )
    func echo(how: String) async throws {
        let answer =
            switch how {
            case "redirect": #"{"status": 302, "headers": {"Location": "http://127.0.0.1:1/{key}/x"}, "body": ""}"#
            case "models":
                "{\"body\": {\"data\": [{\"id\": \"\(RuntimeRepository.key)\", \"owned_by\": \"\(RuntimeRepository.key)\"}]}}"
            case "answer":
                "{\"body\": {\"choices\": [{\"message\": {\"content\": \"you said \(RuntimeRepository.key)\"}}]}}"
            default: "{\"status\": 401, \"echo\": \"\(how)\"}"
            }
        let server = try RecordingServer(answers: "{\"*\": [\(answer)]}")
        let repository = try await RuntimeRepository.at(server)
        try repository.add("custom", "secret: key\nbaseUrl: \(server.url)")
        let commands = [
            ["ping", "acme/openai"], ["ping", "--all"], ["ping", "--all", "--format", "json"],
            ["ping", "acme/openai", "--format", "json"], ["models", "acme/openai"],
            ["models", "acme/openai", "--format", "json"],
        ]
        var marks = 0
        for command in commands {
            let run = try await repository.run(command)
            #expect(!RuntimeRepository.shows(run), "\(command): \(run)")
            if (run.output + run.error).contains("[redacted]") { marks += 1 }
        }
        #expect(marks >= 2)
        #expect(try Self.saw(server).contains(RuntimeRepository.key), "the test sends no key at all")
    }

    @Test(.tags(.startsProgram)) func crashAndCoreDumpContainNoKey() async throws {
        let server = try RecordingServer(answers: #"{"*": [{"delay": 5}]}"#)
        let repository = try await RuntimeRepository.at(server)
        let script = """
            ulimit -c unlimited 2> /dev/null
            SWIFT_BACKTRACE=enable=yes,color=no,registers=all,interactive=no "$0" ping acme/openai > out 2>&1 & p=$!
            i=0; while [ "$i" -lt 100 ] && ! [ -s "$1" ]; do sleep 0.1; i=$((i + 1)); done
            grep 'core file size' /proc/$p/limits; grep -c Canary /proc/$p/mem 2>&1 | tail -1
            kill -SEGV $p; wait $p; echo "status $?"; cat out; ls
            """
        let run = try withExtendedLifetime(repository) {
            try repository.program.tool("sh", "-c", script, BuiltProgram.path, server.logPath)
        }
        #expect(run.output.contains("status 139") || run.output.contains("crashed"), "\(run)")
        #expect(!RuntimeRepository.shows(run) && !run.output.contains("Canary"))
        let names = try FileManager.default.contentsOfDirectory(atPath: repository.folder.path)
        #expect(!names.contains { $0.hasPrefix("core") })
        #expect(
            run.output.split(separator: "\n").first?.split(separator: " ").filter { $0 == "0" }.count == 2,
            "\(run)"
        )
    }

    @Test(.tags(.startsProgram)) func dryRunAndArgumentListContainNoKey() async throws {
        let server = try RecordingServer(answers: #"{"*": [{"delay": 1.5}]}"#)
        let repository = try await RuntimeRepository.at(server)
        for arguments in [
            ["ping", "acme/openai", "--dry-run"], ["models", "acme/openai", "--dry-run"],
            ["ping", "--all", "--dry-run"],
            ["exec", "acme/openai", "--dry-run"], ["exec", "acme/openai", "--dry-run", "--", "env"],
        ] {
            let run = try await repository.run(arguments)
            #expect(run.exitCode == 0 && run.output.contains("[redacted]"), "\(run)")
            #expect(!RuntimeRepository.shows(run))
        }
        #expect(try server.records().isEmpty)
        let script = """
            "$0" ping acme/openai & for i in 1 2 3 4 5 6 7 8 9 10; do
                sleep 0.1; cat /proc/$!/cmdline 2> /dev/null | tr '\\0' ' '; tr '\\0' ' ' < /proc/$!/environ 2> /dev/null
                ls -l /proc/$!/fd 2> /dev/null
            done; wait
            """
        let run = try withExtendedLifetime(repository) {
            try repository.program.tool("sh", "-c", script, BuiltProgram.path)
        }
        #expect(run.output.contains("ping acme/openai") && run.output.contains("pong"), "\(run)")
        #expect(!RuntimeRepository.shows(run))
    }
}

/// A counter for several threads.
private final class Count: Sendable {
    private let number = Mutex(0)

    var value: Int { number.withLock { $0 } }

    func next() -> Int {
        number.withLock { number in
            number += 1
            return number
        }
    }
}

/// Runs the program in a separate mount namespace with a different `/etc/hosts`.
private enum NamespacePeer {
    static let isAvailable = (try? RosterProgram(folder: "/").tool("unshare", "-rm", "true")) != nil

    static func run(_ repository: RuntimeRepository, hosts: String, _ arguments: [String]) throws -> ProgramRun {
        try repository.folder.write("hosts", hosts)
        let script = "mount --bind hosts /etc/hosts && exec \"$0\" \"$@\""
        return try withExtendedLifetime(repository.folder) {
            try repository.program.start("unshare", ["-rm", "sh", "-c", script, BuiltProgram.path] + arguments)
        }
    }
}
