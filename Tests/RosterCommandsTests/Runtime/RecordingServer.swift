import Foundation
import RosterTestSupport
import Testing

/// A provider on loopback that records the requests it receives.
final class RecordingServer {
    /// A received request.
    struct Record: Decodable {
        var method: String
        var target: String
        var headers: [[String]]
        var body: String

        func header(_ name: String) -> String? { headers.first { $0[0] == name }?[1] }

        /// The body as JSON.
        func json() throws -> NSDictionary? {
            guard !body.isEmpty else { return nil }
            return try JSONSerialization.jsonObject(with: Data(body.utf8)) as? NSDictionary
        }
    }

    /// A kind of server.
    enum Kind {
        case plain
        case tls(certificate: String, key: String)
        case proxy(to: Int)
    }

    let port: Int
    private let process: Process
    private let log: ScratchFolder

    /// Starts a server with responses from `answers`, a JSON object.
    init(answers: String = "{}", _ kind: Kind = .plain) throws {
        log = try ScratchFolder()
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", Self.script("recording_server.py"), log.path + "/log", answers]
        switch kind {
        case .plain: break
        case .tls(let certificate, let key): process.arguments?.append(contentsOf: [certificate, key])
        case .proxy(let port): process.arguments?.append(contentsOf: ["proxy", "\(port)"])
        }
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var line = ""
        while !line.hasSuffix("\n") {
            let data = output.fileHandleForReading.readData(ofLength: 1)
            guard !data.isEmpty else { break }
            line += String(decoding: data, as: UTF8.self)
        }
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    deinit {
        // A child inherits the blocked signals of the thread, so it is ended by a signal that cannot be blocked.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The path of the file that requests are recorded in.
    var logPath: String { log.path + "/log" }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Returns the requests received so far.
    func records() throws -> [Record] {
        guard log.exists("log") else { return [] }
        return try log.read("log").split(separator: "\n").map {
            try JSONDecoder().decode(Record.self, from: Data($0.utf8))
        }
    }

    /// Returns the path of a file in the folder of this one.
    static func script(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: name).path
    }
}

/// A repository with providers whose requests stay on this machine.
struct RuntimeRepository {
    let folder: ScratchFolder
    var program: RosterProgram

    static let key = "sk-Canary-7f3Kq9Zt/Wm+2Lx8Rb5Yv1Hn4Jc6Pd0"
    /// The example of a signing key in the documentation of AWS.
    static let pair =
        #"{"accessKeyId":"AKIAIOSFODNN7EXAMPLE","secretAccessKey":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}"#

    init() async throws {
        let home = try ScratchFolder()
        folder = try ScratchFolder(keeping: home)
        program = RosterProgram(folder: folder.path)
        program.environment = ["XDG_CONFIG_HOME": home.path, "CREDENTIALS_DIRECTORY": nil, "HTTPS_PROXY": nil]
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_BEARER_TOKEN_BEDROCK"] {
            program.environment[name] = .some(nil)
        }
        try folder.write(
            "roster.yaml",
            "roster: 1\nprojects:\n  acme:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme\n"
        )
        let run = try await program.run("key", "generate", "--name", "first")
        try #require(run.exitCode == 0, "\(run)")
    }

    /// Seals a value for hosts.
    func seal(_ value: String = key, _ name: String = "acme/key", hosts: [String] = ["127.0.0.1"]) async throws {
        let run = try await program.run(
            ["secret", "set", name] + hosts.flatMap { ["--host", $0] },
            input: Data(value.utf8)
        )
        try #require(run.exitCode == 0, "\(run)")
    }

    /// Writes a provider's file.
    func add(_ slug: String, handle: String? = nil, model: String = "m1", _ rest: String) throws {
        let handle = handle ?? slug
        let id = "aip_" + String((handle + "AAAAAAAAAAAAAAAA").filter { $0 != "-" }.prefix(16))
        try folder.write(
            "providers/acme/\(handle).yaml",
            "id: \(id)\nname: \(handle)\nprovider: \(slug)\ndefaultModel: \(model)\n\(rest)\n"
        )
    }

    /// Runs `roster` in the repository.
    func run(_ arguments: String..., input: Data = Data()) async throws -> ProgramRun {
        try await run(arguments, input: input)
    }

    func run(_ arguments: [String], input: Data = Data()) async throws -> ProgramRun {
        // The folder is deleted with its last reference.
        defer { withExtendedLifetime(folder) {} }
        return try await program.run(arguments, input: input)
    }

    /// Returns a repository with a provider at a server, whose key is ``key``.
    static func at(_ server: RecordingServer) async throws -> RuntimeRepository {
        let repository = try await RuntimeRepository()
        try await repository.seal()
        try repository.add("openai", "secret: key\nbaseUrl: \(server.url)/v1")
        return repository
    }

    /// Returns whether the output contains any 12 bytes of the key, or the key in another encoding.
    static func shows(_ run: ProgramRun, _ key: String = key) -> Bool {
        let text = run.output + run.error
        let bytes = Array(key.utf8)
        var forms = (0...(bytes.count - 12)).map { String(decoding: bytes[$0..<$0 + 12], as: UTF8.self) }
        forms.append(Data(bytes).base64EncodedString().replacing("=", with: ""))
        forms.append(bytes.map { String(format: "%02x", $0) }.joined())
        forms.append(bytes.map { String(format: "%%%02X", $0) }.joined())
        forms.append(bytes.map { String(format: "\\u%04x", $0) }.joined())
        return forms.contains { text.contains($0) }
    }
}
