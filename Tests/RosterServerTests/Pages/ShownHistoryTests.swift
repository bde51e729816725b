import Foundation
import RosterJSON
import RosterModel
import RosterPages
import RosterTestSupport
import Testing

@testable import RosterReview
@testable import RosterServer

/// The filter of histories, for random policies and random histories.
@Suite("Histories with random policies")
struct ShownHistoryTests {
    private let access: RandomAccess
    private let snapshot: Snapshot
    private let names: [String]

    init() async throws {
        var random = SeededGenerator(test: "ShownHistoryTests")
        access = try await RandomAccess(tokens: 200, &random)
        let snapshot = try #require(access.server.responder.store.snapshot)
        self.snapshot = snapshot
        names = snapshot.registry.providers.map { snapshot.fullName(of: $0) }
    }

    private func caller(_ token: String) throws -> Caller {
        let credential = Credential(Authorization.one("Bearer \(token)"))
        return try #require(snapshot.access.caller(credential, today: CalendarDate(daysSince1970: 20_000)))
    }

    /// A secret of a project, by a handle that names nothing else.
    private static func secret(_ project: String, _ number: Int) -> String { "key-of-\(project)-\(number)" }

    /// Returns the changes of a provider whose name is `name` now, newest first.
    private func history(of name: String, _ random: inout SeededGenerator) -> CommittedHistory {
        var places = names + ["acme/former", "labs/former", "globex/former", "sold/former"]
        places.sort()
        var (now, entries) = (name, [ProviderHistory.Entry]())
        for number in 0..<Int.random(in: 1...12, using: &random) {
            let before = Int.random(in: 0..<3, using: &random) == 0 ? places.randomElement(using: &random) ?? now : now
            entries.append(Self.entry(number, from: before, to: now, &random))
            now = before
        }
        return CommittedHistory(entries: entries, hasOlder: Bool.random(using: &random), file: [])
    }

    private static func entry(
        _ number: Int,
        from before: String,
        to now: String,
        _ random: inout SeededGenerator
    ) -> ProviderHistory.Entry {
        func project(_ name: String) -> String { String(name.prefix { $0 != "/" }) }
        let secrets = (secret(project(before), number + 1), secret(project(now), number))
        var change = Change(
            kind: .provider,
            action: before == now ? .changed : .moved,
            id: "aip_x",
            handle: now,
            path: now
        )
        func add(_ path: String, _ before: String, _ after: String) {
            change.fields.append(Change.Field(path: path, before: .string(before), after: .string(after)))
        }
        func reason(_ rule: String, _ text: String) {
            change.reasons.append(Change.Reason(rule: rule, risk: .high, text: text))
        }
        if before != now {
            add("handle", before, now)
            reason("provider-changes-project", "it leaves \(project(before)) for \(project(now))")
        }
        if Bool.random(using: &random) { add("name", "Name \(number)", "Name \(number + 1)") }
        if Bool.random(using: &random) {
            add("secret", secrets.0, secrets.1)
            add("secretId", "sec_\(secrets.0)", "sec_\(secrets.1)")
            let key = (project(before) + "/" + secrets.0, project(now) + "/" + secrets.1)
            reason("secret-link-changed", "it uses \(key.1) instead of \(key.0)")
        }
        if Bool.random(using: &random) { reason("named-in-policy", "the policy of sold/former and globex names it") }
        if Bool.random(using: &random) { add("policies", "sold/former", "globex/other") }
        return ProviderHistory.Entry(
            commit: "c\(number)",
            committedAt: nil,
            author: "Ada",
            subject: "Move \(before) to \(now), as labs/grok and sold/former",
            change: change
        )
    }

    /// Returns the words of everything that is shown.
    private func words(_ history: ShownHistory) -> Set<String> {
        var texts: [String] = []
        for entry in history.entries {
            texts += [entry.author, entry.subject ?? ""] + entry.reasons.map(\.text)
            texts += entry.fields.flatMap { [$0.path, $0.before?.string ?? "", $0.after?.string ?? ""] }
        }
        return Set(texts.flatMap { $0.split { " ,".contains($0) }.map(String.init) })
    }

    @Test func hidesInvisibleRecords() throws {
        var random = SeededGenerator()
        var (partial, complete, cut) = (0, 0, 0)
        for token in access.tokens {
            let caller = try caller(token.text)
            let listed = Set(names.filter { token.may("ListAiProviders", $0) }.map { String($0.prefix { $0 != "/" }) })
            for name in names where token.may("GetAiProvider", name) {
                let history = history(of: name, &random)
                let rights = HistoryRights(caller, in: snapshot)
                let shown = ShownHistory(history, of: name, uncommitted: [], rights)
                let everything = caller.view.mayListEverything
                func isVisible(_ name: String) -> Bool {
                    everything || token.may("ListAiProviders", name) || token.may("GetAiProvider", name)
                }
                for word in words(shown) {
                    if let range = word.range(of: "key-of-") {
                        let project = String(word[range.upperBound...].prefix { $0 != "-" })
                        #expect(everything || listed.contains(project), "\(word) \(token)")
                    } else if word.contains("/") {
                        #expect(isVisible(word), "\(word) \(token)")
                    } else if ["acme", "labs", "globex", "sold"].contains(word) {
                        #expect(isVisible(name) && (everything || words(shown).contains { $0.hasPrefix(word + "/") }))
                    }
                }
                // Everything before the first name that is hidden is there.
                let hidden = history.entries.firstIndex { entry in
                    let names = entry.change.fields.filter { $0.path == "handle" }.flatMap { [$0.before, $0.after] }
                    return !(names.compactMap { $0?.string } + [entry.change.handle ?? ""]).allSatisfy(isVisible)
                }
                let commits = shown.entries.map(\.commit)
                for entry in history.entries[..<(hidden ?? history.entries.count)]
                where entry.change.fields.contains(where: { $0.path == "name" }) {
                    #expect(commits.contains(entry.commit ?? ""))
                }
                #expect(shown.isPartial || hidden == nil)
                // A change of nothing that the caller may see is left out.
                for entry in shown.entries where entry.fields.isEmpty {
                    let change = history.entries.first { $0.commit == entry.commit }?.change
                    #expect(everything || change?.fields.isEmpty == true)
                }
                if hidden != nil { cut += 1 }
                if shown.isPartial { partial += 1 } else { complete += 1 }
            }
        }
        #expect(min(partial, complete, cut) > 10, "\(partial) \(complete) \(cut)")
    }

    @Test func showsEverythingToCallersThatListEverything() throws {
        var random = SeededGenerator()
        let rights = HistoryRights(try caller(access.admin), in: snapshot)
        for _ in 0..<50 {
            let history = history(of: "acme/claude", &random)
            let shown = ShownHistory(history, of: "acme/claude", uncommitted: [], rights)
            #expect(!shown.isPartial && shown.hasOlder == history.hasOlder)
            #expect(shown.entries.map(\.commit) == history.entries.map(\.commit))
            #expect(shown.entries.map(\.fields) == history.entries.map(\.change.fields))
            #expect(shown.entries.allSatisfy { $0.subject?.hasPrefix("Move ") == true })
        }
    }

    @Test func findsLastChangeOfEachMember() throws {
        func entry(_ paths: String...) -> ProviderHistory.Entry {
            var change = Change(kind: .provider, action: .changed, id: "aip_x", handle: "acme/claude", path: "")
            change.fields = paths.map { Change.Field(path: $0, before: nil, after: .string("x")) }
            return ProviderHistory.Entry(commit: "c", committedAt: nil, author: "", subject: "", change: change)
        }
        let history = CommittedHistory(
            entries: [
                entry("config.retry.max"), entry("secretId", "defaultModel.price"), entry("name", "config.region"),
                entry("name", "provider", "defaultModel", "secret"),
            ],
            hasOlder: false,
            file: []
        )
        let rights = HistoryRights(try caller(access.admin), in: snapshot)
        let shown = ShownHistory(history, of: "acme/claude", uncommitted: ["name"], rights)
        #expect(
            shown.lastChanges == [
                "config": .entry(0), "secret": .entry(1), "name": .notCommitted, "provider": .entry(3),
                "defaultModel": .entry(3),
            ]
        )
    }

    @Test func findsMembersThatAreNotCommitted() {
        func names(_ served: String, _ committed: String) -> Set<String> {
            UncommittedMembers.names(served: Array(served.utf8), committed: Array(committed.utf8))
        }
        #expect(names("name: a\nconfig: {a: 1}\n", "name: a\nconfig: {a: 1} # same\n") == [])
        #expect(
            names("name: a\nconfig: {a: 2}\n", "name: b\nsecret: s\nconfig: {a: 1}\n") == ["name", "secret", "config"]
        )
        #expect(names("name: [", "name: a\n") == CommittedHistory.members)
    }
}
