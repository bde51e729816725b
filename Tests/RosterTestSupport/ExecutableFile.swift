import Foundation

/// Scripts that tests run.
///
/// A process that another test starts at the same time inherits the files that this process has open, until it becomes
/// another program. The kernel refuses to run a file that is open for writing anywhere ("Text file busy"), so that a child
/// process writes scripts.
package enum ExecutableFile {
    /// Writes a script that everyone may run, and creates its folder.
    package static func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + ".text"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "rm -f \"$1\" && cat \"$1.text\" > \"$1\" && chmod 755 \"$1\" && rm \"$1.text\"", "sh", path,
        ]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
