import RosterModel
import Testing

@testable import RosterPages

@Suite("The query of the list for people")
struct ListPageQueryTests {
    @Test func parametersAreRead() {
        let query = ListPageQuery([
            ("q", "a"), ("project", "acme"), ("provider", "openai"), ("host", "h"), ("retiring", "this-quarter"),
            ("sort", "-model"), ("page", "3"),
        ])
        #expect(query.text == "a" && query.project == "acme" && query.slug == "openai" && query.host == "h")
        #expect(
            query.retiring == .thisQuarter && query.order == ListOrder(.model, isDescending: true) && query.page == 3
        )
    }

    @Test func whatIsUnknownIsIgnored() {
        let query = ListPageQuery([
            ("utm_source", "mail"), ("sort", "nothing"), ("page", "-1"), ("retiring", "x"),
            ("q", String(repeating: "x", count: 201)),
            ("page", "4"),
        ])
        #expect(query == ListPageQuery())
    }

    @Test func theFirstOfRepeatedParametersCounts() {
        #expect(ListPageQuery([("q", "a"), ("q", "b")]).text == "a")
    }

    @Test func theDefaultOrderHasNoParameter() {
        #expect(ListPageQuery([("sort", "handle")]) == ListPageQuery())
        #expect(ListPageQuery([("retiring", "any"), ("sort", "retires")]).requestedOrder == nil)
        #expect(ListPageQuery().link { $0.requestedOrder = ListOrder(.handle) }.text == "/")
    }

    @Test(arguments: [
        ("2026-11-30", "2026-10-01", "2026-12-31", "2027-01-01", "2027-03-31"),
        ("2026-01-01", "2026-01-01", "2026-03-31", "2026-04-01", "2026-06-30"),
        ("2028-02-29", "2028-01-01", "2028-03-31", "2028-04-01", "2028-06-30"),
    ])
    func quartersAreThoseOfTheCalendar(_ day: String, _ first: String, _ last: String, _ next: String, _ end: String)
        throws
    {
        let today = try #require(CalendarDate(day))
        let (this, following) = (
            RetirementSpan.thisQuarter.days(today: today), RetirementSpan.nextQuarter.days(today: today)
        )
        #expect("\(this.lowerBound) \(this.upperBound)" == "\(first) \(last)")
        #expect("\(following.lowerBound) \(following.upperBound)" == "\(next) \(end)")
        #expect(RetirementSpan.retired.days(today: today).upperBound == today)
    }
}
