import RosterFleet
import RosterGit
import RosterModel
import RosterPublication
import RosterWorkspace
import SealedBoxes

extension PublishingRun {
    /// The seconds that the clocks of publishers may differ by.
    private static let skew: Int64 = 300

    /// Leaves out destinations whose publication is ahead of the clock: the new serial would have to be ahead, too.
    func checkClock(_ targets: inout [PublishingTarget], _ now: Int64) {
        for (index, target) in targets.enumerated() {
            guard let serial = target.statement?.serial, serial.milliseconds > now + Self.skew * 1000 else { continue }
            targets[index].statement = nil
            targets[index].outcome = .failed(
                """
                it has the serial \(serial), which is the time \(serial.time), and now is \(context.clock.now); set the clock of \
                this machine, or else remove that publication, whose publisher had a wrong clock
                """
            )
        }
    }

    /// Returns a Boolean value that indicates whether all destinations that did not fail have one publication of the registry,
    /// with more than half of its validity left and a signature of the key.
    func isUnchanged(
        _ content: Content,
        _ targets: [PublishingTarget],
        _ now: Int64,
        signedBy key: SigningPublicKey
    ) -> Bool {
        let targets = targets.filter { !$0.hasFailed }
        guard let first = targets.first?.statement,
            targets.allSatisfy({ $0.statement == first && $0.isSigned(by: key) })
        else { return false }
        let validity = first.expires.secondsSince1970 - first.issued.secondsSince1970
        return first.registry == content.content.registry && first.channel == options.channel
            && first.expires.secondsSince1970 - now / 1000 > validity / 2
    }

    /// Refuses to replace a commit by one that does not descend from it.
    func checkAncestry(_ content: Content, _ targets: [PublishingTarget]) async throws {
        guard !options.allowOlder else { return }
        for target in targets {
            guard let published = target.statement?.commit, published.id != content.content.commit?.id else { continue }
            guard let new = content.content.commit else {
                throw older(target, published.id, "of which this registry names no commit to compare with")
            }
            guard let repository = try? Repository(globals, in: context, needsRoster: false),
                let git = try await repository.git()
            else {
                throw older(
                    target,
                    published.id,
                    "and there is no git repository to compare it with \(Self.short(new.id))"
                )
            }
            let relation: HistoryRelation
            do { relation = try await git.relation(of: published.id, to: [new.id]) } catch is GitError {
                let reason = "which this clone cannot compare with \(Self.short(new.id))"
                throw older(target, published.id, reason, help: "fetch the whole history: git fetch --unshallow")
            }
            switch relation {
            case .mergeBases([published.id]): continue
            case .mergeBases([new.id]):
                let reason = "which is newer than \(Self.short(new.id)): another pipeline was faster"
                throw older(target, published.id, reason, help: "nothing to do")
            case .mergeBases, .unrelated:
                throw older(target, published.id, "which is not an ancestor of \(Self.short(new.id))")
            }
        }
    }

    private func older(
        _ target: PublishingTarget,
        _ published: String,
        _ reason: String,
        help: String? = nil
    ) -> CommandFailure {
        let override = "to publish in spite of it: --allow-older"
        return CommandFailure(
            exitCode: 1,
            message: "\(target.address) holds \(Self.short(published)), \(reason)",
            help: help.map { "\($0); \(override)" } ?? override
        )
    }

    /// Returns the first digits of the id of a commit.
    static func short(_ commit: String) -> String { String(commit.prefix(7)) }

    /// Refuses a registry without a provider, and to remove more than half of the published providers.
    func checkShrinking(_ content: Content, _ targets: [PublishingTarget]) async throws {
        guard !options.allowShrink else { return }
        // One that is empty on purpose is published again without the option.
        let isPublished = targets.allSatisfy { $0.hasFailed || $0.statement?.registry == content.content.registry }
        guard content.providers > 0 || isPublished else {
            throw CommandFailure(
                exitCode: 1,
                message: "the registry has no provider",
                help: "when that is intended: --allow-shrink"
            )
        }
        var compared: Set<Statement.Content> = []
        for target in targets {
            guard let statement = target.statement, statement.registry != content.content.registry,
                compared.insert(statement.registry).inserted
            else { continue }
            let published = try await providers(of: statement, at: target)
            guard content.providers * 2 < published else { continue }
            throw CommandFailure(
                exitCode: 1,
                message:
                    "\(target.address) has \(Self.count(published)), and the new registry has \(content.providers)",
                help: "when that is intended: --allow-shrink"
            )
        }
    }

    /// The times between attempts to read what a destination has: a store that lost its leader elects one within seconds.
    private static let pauses = [0.25, 0.5, 1, 2, 2].map { Duration.seconds($0) }

    func compressed(
        of statement: Statement,
        at target: PublishingTarget
    ) async throws(SourceProblem) -> [UInt8] {
        for pause in Self.pauses {
            do throws(SourceProblem) {
                return try await PublishedContent.compressed(of: statement, from: target.source)
            } catch {
                guard error.isPassing else { throw error }
            }
            try? await Task.sleep(for: pause)
        }
        return try await PublishedContent.compressed(of: statement, from: target.source)
    }

    /// Returns the number of providers of a publication.
    private func providers(of statement: Statement, at target: PublishingTarget) async throws -> Int {
        do {
            let compressed = try await compressed(of: statement, at: target)
            let registry = try await PublishedContent.registry(compressed, of: statement, concurrency: context.cores)
            return registry.providers.count
        } catch {
            let reason = (error as? SourceProblem)?.message ?? (error as? Refusal)?.message ?? "it is damaged"
            throw CommandFailure.impossible(
                "the registry that \(target.address) has cannot be compared: \(reason)",
                help: "to publish in spite of it: --allow-shrink"
            )
        }
    }
}
