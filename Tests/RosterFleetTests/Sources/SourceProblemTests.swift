import RosterFleet
import RosterPublication
import Testing

@Suite("The reasons of sources")
struct SourceProblemTests {
    @Test func haveDistinctLabels() {
        let reasons: [SourceProblem.Reason] =
            [.unreachable, .timeout, .tls, .unauthorized, .notFound, .incomplete, .refused]
            + Refusal.Reason.allCases.map { .content($0) }
        #expect(Set(reasons.map(\.label)).count == reasons.count)
    }
}
