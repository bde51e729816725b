import Foundation
import RosterBytes
import RosterFleet
import RosterHTTPClient
import RosterModel
import RosterTestSupport
import Synchronization
import Testing

/// A cluster of etcd on free ports of this machine; deinitialization kills it.
final class EtcdCluster: Sendable {
    /// The names of the nodes.
    private static let names = ["a", "b", "c"]

    let ports: [Int]
    let scratch: ScratchFolder
    /// The arguments of each node.
    private let arguments: [[String]]
    private let processes: Mutex<[Process]>

    /// Starts a cluster of one or three nodes, and waits until it answers.
    init(nodes: Int = 1, tls: EtcdCertificates? = nil) async throws {
        scratch = try ScratchFolder(keeping: tls?.folder)
        let free = try Self.freePorts(2 * nodes)
        ports = Array(free.prefix(nodes))
        let peers = free.suffix(nodes).map { "http://127.0.0.1:\($0)" }
        let cluster = zip(Self.names, peers).map { "\($0)=\($1)" }.joined(separator: ",")
        var arguments: [[String]] = []
        for (index, peer) in peers.enumerated() {
            let client = "\(tls == nil ? "http" : "https")://127.0.0.1:\(ports[index])"
            arguments.append(
                [
                    "--name", Self.names[index], "--data-dir", "\(scratch.path)/\(Self.names[index])",
                    "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer,
                    "--initial-advertise-peer-urls", peer, "--initial-cluster", cluster,
                ] + (tls?.arguments ?? [])
            )
        }
        self.arguments = arguments
        processes = Mutex(try arguments.map(Self.start))
    }

    deinit {
        for process in processes.withLock({ $0 }) {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    private static func start(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/etcd")
        process.arguments = arguments
        process.environment = Tools.cleanEnvironment(["GOMAXPROCS": "2"])
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Sends a signal to a node.
    func signal(_ node: Int, _ signal: Int32) {
        processes.withLock { _ = kill($0[node].processIdentifier, signal) }
    }

    /// Starts a killed node again.
    func restart(_ node: Int) throws {
        try processes.withLock {
            $0[node].waitUntilExit()
            $0[node] = try Self.start(arguments[node])
        }
    }

    /// Returns the address of a prefix.
    func address(_ prefix: String = "p", transport: EtcdAddress.Transport = .automatic) throws -> EtcdAddress {
        try EtcdAddress(
            "etcd://\(ports.map { "127.0.0.1:\($0)" }.joined(separator: ","))/\(prefix)",
            transport: transport
        )
    }

    /// Sends a request of an administrator to the first node that accepts it.
    @discardableResult
    func request(_ path: String, _ body: String, token: String? = nil, by sender: any HTTPSender) async throws -> String
    {
        let origins = try address(transport: scratch.companion == nil ? .automatic : .tls).endpoints
        var answer = ""
        try await Self.eventually(path) {
            for origin in origins {
                let fields = token.map { [(name: "Authorization", value: $0)] } ?? []
                let request = HTTPRequest("POST", origin, path, fields: fields, body: Array(body.utf8))
                guard let response = try? await sender.send(request, timing: HTTPTiming()),
                    let bytes = try? await response.body.whole(limit: 1 << 20)
                else { continue }
                answer = String(decoding: bytes, as: UTF8.self)
                if response.status == 200 { return true }
            }
            return false
        }
        return answer
    }

    /// Waits for a condition, with a deadline so that a broken program does not hang the tests.
    static func eventually(
        _ condition: String,
        within deadline: Duration = .seconds(120),
        _ isFulfilled: () async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + deadline
        while try await !isFulfilled() {
            try #require(ContinuousClock.now < end, "not in time: \(condition)")
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Returns ports on which nothing listens now.
    private static func freePorts(_ count: Int) throws -> [Int] {
        var sockets: [Int32] = []
        defer { for socket in sockets { close(socket) } }
        return try (0..<count).map { _ in
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            sockets.append(descriptor)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(descriptor, address, length) | getsockname(descriptor, address, &length)
                }
            }
            try #require(result == 0)
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }
}

/// Certificates of an authority that only a test knows.
final class EtcdCertificates: Sendable {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        let tools = Tools(folder: folder.path)
        try folder.write("extensions", "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n")
        for (name, subject) in [("ca", "/O=Authority"), ("other", "/O=Other authority")] {
            try tools.tool([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", "\(name).key", "-out", "\(name).pem", "-subj", subject, "-days", "2",
            ])
        }
        for (name, subject) in [("server", "/O=etcd"), ("client", "/O=Replica"), ("named", "/CN=root")] {
            try tools.tool([
                "openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                "\(name).key", "-out", "\(name).csr", "-subj", subject,
            ])
            try tools.tool([
                "openssl", "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                "-CAcreateserial", "-days", "2", "-extfile", "extensions", "-out", "\(name).pem",
            ])
        }
    }

    /// The arguments of a server that requires a certificate of its clients.
    var arguments: [String] {
        [
            "--cert-file", path("server.pem"), "--key-file", path("server.key"), "--trusted-ca-file", path("ca.pem"),
            "--client-cert-auth",
        ]
    }

    func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    /// Returns a client with a certificate.
    func client(_ name: String = "client", roots: String = "ca.pem") throws -> HTTPClient {
        var configuration = try HTTPClientConfiguration { _ in nil }
        configuration.rootsFile = path(roots)
        configuration.identity = ClientIdentity(certificateFile: path("\(name).pem"), keyFile: path("\(name).key"))
        return HTTPClient(configuration)
    }
}
