import RosterTestSupport
import Testing

/// The arguments of the process, on a system where `CommandLine` does not find them.
@Suite("The arguments of the process")
struct ProcessArgumentsTests {
    /// The words before a command that run it without the file system of processes.
    private static let hiding = [
        "unshare", "--mount", "--map-root-user", "sh", "-c", "mount -t tmpfs none /proc && exec \"$@\"", "sh",
    ]

    @Test(.tags(.startsProgram)) func areFoundWithoutProc() throws {
        let run = try Tools(folder: "/").start(
            Self.hiding[0],
            Array(Self.hiding.dropFirst()) + [BuiltProgram.path, "explain", "no-such-rule"]
        )
        #expect(run.exitCode != 0 && run.error.contains("no-such-rule"), "\(run)")
    }
}
