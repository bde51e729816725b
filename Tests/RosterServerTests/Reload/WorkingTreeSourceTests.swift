import RosterDiagnostics
import RosterModel
import Testing

@testable import RosterServer

/// The property that a load of changed files gives the registry, the bytes and the errors of a complete load.
@Suite("Reloading a working tree")
struct WorkingTreeSourceTests {
    @Test("Gives the same snapshot as a complete load after any sequence of edits", arguments: [false, true])
    func agreesWithCompleteLoad(isInGit: Bool) async throws {
        let seed = UInt64.random(in: .min ... .max)
        print("edits of a working tree: seed \(seed)")
        let tree = try EditedWorkingTree(seed: seed, isInGit: isInGit)
        let source = try await tree.source()
        var served: Snapshot?
        guard case .loaded(let first) = try await source.load(changed: nil) else {
            Issue.record("the repository has errors")
            return
        }
        served = await Self.prepare(first, previous: nil)
        var (incremental, complete, broken) = (0, 0, 0)
        for round in 0..<120 {
            let edit = try tree.edit()
            let comment: Comment = "seed \(seed), round \(round), \(edit)"
            let outcome = try await source.load(changed: tree.takeChanges())
            let expected = try await tree.source().load(changed: nil)
            switch (outcome, expected) {
            case (.loaded(let loaded), .loaded(let whole)):
                if loaded.change == nil { complete += 1 } else { incremental += 1 }
                let snapshot = await Self.prepare(loaded, previous: served)
                Self.expectEqual(snapshot, await Self.prepare(whole, previous: nil), comment)
                served = snapshot
            case (.same, .loaded(let whole)):
                let snapshot = try #require(served)
                Self.expectEqual(snapshot, await Self.prepare(whole, previous: nil), comment)
            case (.broken(let one), .broken(let other)):
                broken += 1
                #expect(one.diagnostics == other.diagnostics, comment)
                #expect(one.commit == other.commit && one.hasAccess == other.hasAccess, comment)
                try tree.repair(one.diagnostics.flatMap { [$0.place.path] + $0.related.map(\.place.path) })
            default: Issue.record("\(comment): \(outcome) instead of \(expected)")
            }
        }
        #expect(incremental > 20 && complete > 10 && broken > 5, "seed \(seed): \(incremental), \(complete), \(broken)")
    }

    @Test("Reports the change of one provider, and only that")
    func change() async throws {
        let tree = try EditedWorkingTree(seed: 1, isInGit: false)
        let source = try await tree.source()
        guard case .loaded(let first) = try await source.load(changed: nil) else { throw SourceFailure("broken") }
        _ = tree.takeChanges()
        try tree.repair(["providers/acme/local-7.yaml"])
        guard case .loaded(let second) = try await source.load(changed: tree.takeChanges()) else {
            throw SourceFailure("broken")
        }
        let change = try #require(second.change)
        #expect(change.earlier === first.version)
        #expect(change.providers.map { second.registry.providers[$0].handle.text } == ["local-7"])
        guard case .same = try await source.load(changed: []) else { throw SourceFailure("not the same") }
    }

    @Test("Loads only changed providers next to a file that is not read, until that file appears or disappears")
    func listingProblem() async throws {
        let tree = try EditedWorkingTree(seed: 1, isInGit: false)
        let source = try await tree.source()
        func change(after edit: () throws -> Void) async throws -> LoadedRegistry.Change? {
            try edit()
            guard case .loaded(let loaded) = try await source.load(changed: tree.takeChanges()) else {
                throw SourceFailure("broken")
            }
            return loaded.change
        }
        #expect(try await change {} == nil)
        #expect(try await change { try tree.repair(["providers/acme/local-7.yaml"]) } != nil)
        try tree.write("providers/acme/README.md", "other notes\n")
        guard case .same = try await source.load(changed: tree.takeChanges()) else {
            throw SourceFailure("not the same")
        }
        for edit in [{ try tree.remove("providers/acme/README.md") }, { try tree.write("providers/acme/x.txt", "") }] {
            #expect(try await change(after: edit) == nil)
            #expect(try await change { try tree.repair(["providers/acme/local-8.yaml"]) } != nil)
        }
    }

    private static func prepare(_ loaded: LoadedRegistry, previous: Snapshot?) async -> Snapshot {
        await Snapshot.prepare(loaded, at: Timestamp(secondsSince1970: 0), previous: previous, concurrency: 2)
    }

    private static func expectEqual(_ one: Snapshot, _ other: Snapshot, _ comment: Comment) {
        #expect(one.registry == other.registry, comment)
        #expect(one.digest == other.digest, comment)
        for (position, provider) in other.registry.providers.enumerated() {
            #expect(one.records.position(of: provider.id) == position, comment)
            let (response, expected) = (
                one.records.response(at: position, after: one.encodedFields),
                other.records.response(at: position, after: other.encodedFields)
            )
            #expect(response.bytes == expected.bytes && response.tag == expected.tag, comment)
        }
    }
}
