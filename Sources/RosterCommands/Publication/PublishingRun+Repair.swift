import RosterFleet
import RosterPublication

extension PublishingRun {
    /// Returns the positions of the destinations that lost the registry of their publication, or a part of it.
    ///
    /// One that cannot be read for another reason has failed.
    func lostRegistries(_ targets: inout [PublishingTarget]) async throws -> [Int] {
        var lost: [Int] = []
        for (index, target) in targets.enumerated() {
            guard !target.hasFailed, let statement = target.statement else { continue }
            do throws(SourceProblem) { _ = try await compressed(of: statement, at: target) } catch {
                if error.isLoss {
                    lost.append(index)
                    try warn("\(target.address) lost its registry, which is published again: \(error.message)")
                } else {
                    targets[index].outcome = .failed(error.message)
                }
            }
        }
        return lost
    }

    /// Reads the registries that were lost, and returns whether all can be read: a store may take a blob that it does not return
    /// for one that it has.
    func checkRepairs(of lost: [Int], _ statement: Statement, _ targets: inout [PublishingTarget]) async -> Bool {
        var areReadable = true
        for index in lost where !targets[index].hasFailed {
            do throws(SourceProblem) { _ = try await compressed(of: statement, at: targets[index]) } catch {
                targets[index].outcome = .unreadable(error.message)
                areReadable = false
            }
        }
        return areReadable
    }
}

extension SourceProblem {
    /// A Boolean value that indicates whether something is missing or damaged, and not only out of reach.
    fileprivate var isLoss: Bool {
        switch reason {
        case .notFound, .incomplete, .content: true
        case .unreachable, .timeout, .tls, .unauthorized, .refused: false
        }
    }
}
