import Foundation
import RosterModel
import RosterTestSupport

/// nginx on loopback, with the files of a folder.
final class WebServer: Sendable {
    private static let attempts = 20

    let files: ScratchFolder
    let port: UInt16
    private let state: ScratchFolder
    private let process: Process

    /// Starts nginx.
    ///
    /// - Parameters:
    ///   - files: the folder that it serves.
    ///   - certificates: the certificates for TLS; nil for plain text.
    ///   - server: directives of the server's block.
    /// - Throws: when nginx does not start.
    init(_ files: ScratchFolder, tls certificates: TestCertificates? = nil, _ server: String = "") async throws {
        self.files = files
        state = try ScratchFolder()
        for _ in 0..<Self.attempts {
            let port = UInt16.random(in: 20_000..<32_000)
            let process = try Self.start(port, files, state, certificates, server)
            while process.isRunning {
                if Self.isListening(port) {
                    (self.port, self.process) = (port, process)
                    return
                }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        throw CocoaError(.executableLoad)
    }

    deinit { kill(process.processIdentifier, SIGKILL) }

    /// Kills nginx, and waits for its end.
    func stop() async throws {
        kill(process.processIdentifier, SIGKILL)
        while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
    }

    var base: String { "http://127.0.0.1:\(port)" }

    private static func start(
        _ port: UInt16,
        _ files: ScratchFolder,
        _ state: ScratchFolder,
        _ certificates: TestCertificates?,
        _ server: String
    ) throws -> Process {
        let tls = certificates.map {
            "ssl_certificate \($0.file("server.pem")); ssl_certificate_key \($0.file("key.pem"));"
        }
        let text = """
            daemon off; master_process off; pid \(state.path)/pid; error_log \(state.path)/error.log;
            events { worker_connections 64; }
            http {
                access_log off; etag on; default_type application/octet-stream;
                client_body_temp_path \(state.path)/body; proxy_temp_path \(state.path)/proxy;
                fastcgi_temp_path \(state.path)/fastcgi; uwsgi_temp_path \(state.path)/uwsgi;
                scgi_temp_path \(state.path)/scgi;
                server {
                    listen 127.0.0.1:\(port) \(tls == nil ? "" : "ssl"); root \(files.path); \(tls ?? "")
                    \(server)
                }
            }
            """
        let configuration = state.path + "/nginx.conf"
        try Data(text.utf8).write(to: URL(fileURLWithPath: configuration))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/nginx")
        process.arguments = ["-c", configuration, "-p", state.path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Returns whether the server accepts connections.
    private static func isListening(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
