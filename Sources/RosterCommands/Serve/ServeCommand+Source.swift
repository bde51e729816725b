import ArgumentParser
import Glibc
import Logging
import RosterCompiler
import RosterGit
import RosterModel
import RosterServer
import RosterWorkspace

extension ServeCommand {
    /// Returns the source of the registry that the options name.
    func source(_ context: CommandContext) async throws -> any RegistrySource {
        let (now, prefix) = (
            context, try registry == nil ? Repository(globals, in: context, needsRoster: false).pathPrefix : ""
        )
        let compiler: @Sendable () -> Compiler = {
            Compiler(Compiler.Options(today: now.today, pathPrefix: prefix, concurrency: cores))
        }
        if let registry {
            let path = context.absolutePath(registry)
            guard unsafe access(path, F_OK) == 0 else {
                throw CommandFailure.impossible("there is no file \(registry)")
            }
            return DescribedSource(RegistryFileSource(path, compiler: compiler), of: nil)
        }
        let repository = try Repository(globals, in: context, needsRoster: rev == nil)
        guard let rev else {
            return DescribedSource(try await repository.workingTreeSource(isNormalized: true, context), of: repository)
        }
        guard case .revision(_, _, let git) = try await repository.source(revision: rev) else {
            throw CommandFailure.impossible("there is no revision \(rev)")
        }
        return DescribedSource(try await RevisionSource(rev, in: git, compiler: compiler), of: repository)
    }

    /// Returns whether only this machine can reach an address.
    static func isLoopback(_ host: String) -> Bool {
        var address = in_addr()
        guard unsafe inet_pton(AF_INET, host, &address) == 1 else { return host == "localhost" || host == "::1" }
        return UInt32(bigEndian: address.s_addr) >> 24 == 127
    }

    /// Returns the limit of open files, raised as far as it may be: each connection is a descriptor.
    ///
    /// - Throws: ``CommandFailure`` when a server cannot work with so few.
    static func descriptorLimit(_ context: CommandContext) throws -> Int {
        let number = context.process.raiseDescriptorLimit()
        guard number >= fewestDescriptors else {
            throw CommandFailure.impossible(
                "the limit of open files is \(number), and a server needs at least \(fewestDescriptors)",
                help: "raise it: ulimit -n 1024"
            )
        }
        return number
    }

    /// The descriptors of the listener, the event loops, the watch, and of one load with git.
    private static let fewestDescriptors = 40
}
