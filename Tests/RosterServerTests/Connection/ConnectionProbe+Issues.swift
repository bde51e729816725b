import RosterServerTestSupport
import Testing

extension ConnectionProbe {
    /// Creates a connection whose broken rules are issues of the current test.
    init() {
        self.init { Issue.record("\($0)") }
    }
}
