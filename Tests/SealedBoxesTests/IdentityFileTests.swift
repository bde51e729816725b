import Foundation
import Testing

@testable import SealedBoxes

/// Tests of the files that are accepted as identities.
@Suite("Files of identities")
struct IdentityFileTests {
    private static let line = VectorTests.vectors.keys[0].identity
    private static let id = VectorTests.vectors.keys[0].id

    private final class Folder {
        let path = FileManager.default.temporaryDirectory.appending(path: "roster-identity-\(UUID().uuidString)").path
        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    /// The id of the key that is read, or why there is none.
    private func read(_ path: String, group: Bool = false) -> Result<String, IdentityFile.Problem> {
        do throws(IdentityFile.Problem) {
            let identity = try IdentityFile.read(path, isGroupAllowed: group, writerDeadline: 1)
            return .success(identity.publicKey.id)
        } catch { return .failure(error) }
    }

    /// Starts a program that writes the identity to a path as soon as it can be opened.
    private func write(into path: String, after delay: Double = 0) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "sleep \(delay); printf '%s\\n' '\(Self.line)' > '\(path)'"]
        try process.run()
        return process
    }

    @Test("A named pipe is checked like a file", arguments: [0o600, 0o400, 0o640, 0o604, 0o644, 0o660, 0o622, 0o666])
    func pipeMode(mode: Int) throws {
        let folder = try Folder()
        let path = folder.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let writer = try write(into: path)
        #expect(chmod(path, mode_t(mode)) == 0)
        let result = read(path)
        #expect(result == (mode & 0o077 == 0 ? .success(Self.id) : .failure(.permissions(UInt32(mode)))))
        #expect(read(folder.path + "/none") == .failure(.unreadable(ENOENT)))
        writer.terminate()
        writer.waitUntilExit()
    }

    @Test("A pipe of another owner is refused", .enabled(if: geteuid() == 0))
    func pipeOwner() throws {
        let folder = try Folder()
        let path = folder.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0 && chown(path, 12_345, 12_345) == 0)
        #expect(read(path) == .failure(.owner(12_345)))
    }

    @Test("A pipe without a writer is waited for, and not for ever")
    func pipeWithoutWriter() throws {
        let folder = try Folder()
        let path = folder.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        #expect(read(path) == .failure(.noWriter(seconds: 1)))
        let writer = try write(into: path, after: 0.3)
        #expect(read(path) == .success(Self.id))
        writer.waitUntilExit()
        // A writer that writes nothing and exits.
        let silent = Process()
        silent.executableURL = URL(fileURLWithPath: "/bin/sh")
        silent.arguments = ["-c", ": > '\(path)'"]
        try silent.run()
        #expect(read(path) == .failure(.text(.noIdentityLine)))
        silent.waitUntilExit()
    }

    @Test("A pipe without a name is accepted, as a process substitution makes it")
    func anonymousPipe() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data((Self.line + "\n").utf8))
        try pipe.fileHandleForWriting.close()
        #expect(read("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)") == .success(Self.id))
    }

    @Test("Rejects folders, devices and sockets without waiting")
    func neitherFileNorPipe() throws {
        let folder = try Folder()
        let path = folder.path + "/socket"
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        for other in [path, folder.path, "/dev/null", "/dev/zero", "/dev/tty"]
        where other != "/dev/tty" || open(other, O_RDONLY | O_NOCTTY) >= 0 {
            #expect(read(other) == .failure(.notAFile), "\(other)")
        }
    }

    @Test("A file is refused when others may use it", arguments: [0o600, 0o400, 0o640, 0o644, 0o602, 0o601])
    func fileMode(mode: Int) throws {
        let folder = try Folder()
        let path = folder.path + "/identity"
        try Data((Self.line + "\n").utf8).write(to: URL(fileURLWithPath: path))
        #expect(chmod(path, mode_t(mode)) == 0)
        #expect(read(path) == (mode & 0o077 == 0 ? .success(Self.id) : .failure(.permissions(UInt32(mode)))))
        #expect(
            read(path, group: true) == (mode & 0o007 == 0 ? .success(Self.id) : .failure(.permissions(UInt32(mode))))
        )
    }
}
