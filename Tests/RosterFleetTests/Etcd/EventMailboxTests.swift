import Testing

@testable import RosterFleet

@Suite("Events that are not read yet")
struct EventMailboxTests {
    private func label(_ event: SourceEvent?) -> String {
        switch event {
        case .manifest(let bytes): "\(bytes)"
        case .same: "same"
        case .failed(let problem): problem.reason.label
        case nil: "end"
        }
    }

    @Test func areTheNewestOnly() async {
        let mailbox = EventMailbox()
        mailbox.add(.same)
        mailbox.add(.manifest([1]))
        mailbox.add(.manifest([2]))
        mailbox.add(.same)
        mailbox.add(.failed(SourceProblem(.timeout, "no answer")))
        #expect(label(await mailbox.next()) == "[2]")
        #expect(label(await mailbox.next()) == "timeout")
    }

    @Test func wakeTheirReader() async {
        let mailbox = EventMailbox()
        let reader = Task { label(await mailbox.next()) }
        await Task.yield()
        mailbox.add(.manifest([1]))
        #expect(await reader.value == "[1]")
    }

    @Test func endWithTheTaskOfTheirReader() async {
        let mailbox = EventMailbox()
        let reader = Task { label(await mailbox.next()) }
        await Task.yield()
        reader.cancel()
        #expect(await reader.value == "end")
    }
}
