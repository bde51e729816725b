import RosterModel
import Testing

@testable import RosterServer

@Suite struct AccessJudgeTests {
    private func judge(_ statements: [Access.Statement], lock: String? = nil) -> AccessJudge {
        AccessJudge(policies: [Access.Policy(name: "p", statements: statements)], lock: lock.flatMap { Handle($0) })
    }

    private func statement(_ effect: Access.Effect, _ actions: [AccessAction], _ resources: String...)
        -> Access.Statement
    {
        Access.Statement(effect: effect, actions: actions.map(\.rawValue), resources: resources)
    }

    @Test func nothingThatMatchesDenies() {
        let judge = judge([statement(.allow, [.get], "acme/gpt-4o")])
        #expect(judge.rights(project: "acme", handle: "gpt-4o") == .get)
        #expect(judge.rights(project: "acme", handle: "gpt-4") == [])
        #expect(judge.rights(project: "acm", handle: "gpt-4o") == [])
    }

    @Test func denyWinsWhereverItStands() {
        for order in [0, 1] {
            let statements = [
                statement(.allow, AccessAction.allCases, "*"), statement(.deny, [.list, .get], "acme/secret"),
            ]
            let judge = judge(order == 0 ? statements : statements.reversed())
            #expect(judge.rights(project: "acme", handle: "secret") == [.create, .update, .delete])
            #expect(judge.rights(project: "acme", handle: "open") == .all)
        }
    }

    @Test func wildcardsStandForAWholeSegment() {
        let judge = judge([
            Access.Statement(effect: .allow, actions: ["aiProviders:*"], resources: ["acme/*"]),
            Access.Statement(effect: .deny, actions: ["*"], resources: ["acme/b"]),
        ])
        #expect(judge.rights(project: "acme", handle: "a") == .all)
        #expect(judge.rights(project: "acme", handle: "b") == [])
        #expect(judge.rights(project: "acme-2", handle: "a") == [])
    }

    @Test func aLockLeavesNothingOfOtherProjects() {
        let judge = judge([statement(.allow, [.list], "*")], lock: "acme")
        #expect(judge.rights(project: "acme", handle: "a") == .list)
        #expect(judge.rights(project: "globex", handle: "a") == [])
        #expect(!judge.mayListEverything)
    }
}
