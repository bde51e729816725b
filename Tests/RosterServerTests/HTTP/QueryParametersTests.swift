import Testing

@testable import RosterServer

@Suite("Parameters of queries")
struct QueryParametersTests {
    @Test("A malformed parameter removes no other one from those that are well-formed")
    func wellFormed() {
        for malformed in ["q=100%", "q=%ff", "%zz=1", "q=%e2%82"] {
            let found = QueryParameters.wellFormed("a=1&\(malformed)&b=x+y&c")
            #expect(found.map(\.name) == ["a", "b", "c"], "\(malformed)")
            #expect(found.map(\.value) == ["1", "x y", ""], "\(malformed)")
            #expect(throws: Problem.self) { try QueryParameters.read("a=1&\(malformed)") }
        }
        #expect(QueryParameters.wellFormed(nil).isEmpty)
    }
}
