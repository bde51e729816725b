import Testing

@testable import RosterReview

@Suite("Verdicts of a gate")
struct ReviewVerdictTests {
    private static func review(_ risks: Risk...) -> Review {
        let changes = risks.map { risk in
            Change(
                kind: .provider,
                action: .changed,
                id: "aip_8QzKx0vT2mWb4NcR",
                handle: "acme/p",
                reasons: [Change.Reason(rule: "r", risk: risk, text: "t")],
                path: "providers/acme/p.yaml"
            )
        }
        return Review(base: Review.Side(), head: Review.Side(), changes: changes)
    }

    private static func gate(_ change: (inout ReviewGate) -> Void) -> ReviewGate {
        var gate = ReviewGate()
        change(&gate)
        return gate
    }

    @Test("Fails from a risk on, before it reports changes")
    func risks() {
        let gate = Self.gate { ($0.failOn, $0.reportsChanges) = (.high, true) }
        for (review, verdict) in [
            (Self.review(), ReviewGate.Verdict.passes), (Self.review(.medium), .hasChanges),
            (Self.review(.low, .high), .fails), (Self.review(.critical), .fails),
        ] {
            #expect(gate.verdict(on: review, omitsHighRisk: false) == verdict)
            #expect(ReviewGate().verdict(on: review, omitsHighRisk: true) == .passes)
        }
        #expect(gate.verdict(on: Self.review(), omitsHighRisk: true) == .fails)
    }

    @Test("Passes exactly the accepted plan")
    func acceptedPlan() throws {
        let review = Self.review(.critical)
        let plan = try #require(review.plan)
        let other = try #require(Plan(digits: plan.digits == "000000000000" ? "111111111111" : "000000000000"))
        for (accepted, passes) in [(nil, false), (plan, true), (other, false)] {
            let gate = Self.gate { ($0.failOn, $0.accepted) = (.low, accepted) }
            #expect(gate.isAccepted(review) == passes)
            #expect(gate.verdict(on: review, omitsHighRisk: false) == (passes ? .passes : .fails))
        }
        let gate = Self.gate { ($0.failOn, $0.accepted) = (.low, plan) }
        #expect(gate.verdict(on: review, omitsHighRisk: true) == .fails)
    }

    @Test("Compares nothing when the implied base is the head itself, without a change")
    func nothing() {
        let gate = Self.gate { ($0.failOn, $0.isBaseImplied) = (.low, true) }
        #expect(gate.comparesNothing(Self.review(), areSameCommit: true))
        #expect(!gate.comparesNothing(Self.review(), areSameCommit: false))
        #expect(!gate.comparesNothing(Self.review(.low), areSameCommit: true))
        for other in [Self.gate { $0.failOn = .low }, Self.gate { $0.isBaseImplied = true }] {
            #expect(!other.comparesNothing(Self.review(), areSameCommit: true))
        }
    }
}
