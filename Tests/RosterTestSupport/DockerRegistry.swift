import Foundation

/// A `docker-registry` of Debian on a free port of loopback, which one test starts and stops.
package final class DockerRegistry: Sendable {
    /// The reason why a registry did not start.
    package struct Failure: Error {
        package let log: String
    }

    package let folder: ScratchFolder
    package let port: Int
    private let process: Process

    /// Starts a registry with parts of its configuration, and waits until it listens.
    package init(in folder: ScratchFolder, auth: String = "", tls: String = "") async throws {
        self.folder = folder
        try folder.write(
            "config.yml",
            """
            version: 0.1
            log: {level: info}
            storage:
              filesystem: {rootdirectory: "\(folder.path)/storage"}
              delete: {enabled: true}
              maintenance: {uploadpurging: {enabled: false}}
            http:
              addr: 127.0.0.1:0
            \(tls)
            \(auth)

            """
        )
        let log = folder.path + "/log"
        try folder.write("log", "")
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/docker-registry")
        process.arguments = ["serve", folder.path + "/config.yml"]
        process.environment = Tools.cleanEnvironment()
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        var port: Int?
        while port == nil, process.isRunning {
            try await Task.sleep(for: .milliseconds(10))
            port = Self.port(in: try folder.read("log"))
        }
        guard let port else { throw Failure(log: try folder.read("log")) }
        self.port = port
    }

    /// Ends the registry, and waits for its end.
    package func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    deinit { if process.isRunning { stop() } }

    private static func port(in log: String) -> Int? {
        let lines = log.split(separator: "\n").map(String.init)
        guard let line = lines.first(where: { $0.range(of: "listening on 127.0.0.1:") != nil }),
            let range = line.range(of: "listening on 127.0.0.1:")
        else { return nil }
        return Int(line[range.upperBound...].prefix { $0.isNumber })
    }
}
