package import RosterSources

/// A rule about the names in a tree.
protocol ListingRule: Rule {
    /// Reports a problem that the rule is about.
    static func check(_ problem: ListingProblem, _ findings: inout Findings)
}

/// The rules about the names in a tree, and about files that cannot be read.
package enum ListingRules {
    static let list: [any ListingRule.Type] = [
        TooManyFiles.self, UnreadableFile.self, SymbolicLink.self, UnexpectedFile.self, InvalidHandle.self,
    ]

    /// The rules.
    package static var all: [any Rule.Type] { list + [FileTooLarge.self] }

    /// Reports the problems of a listing.
    package static func check(_ problems: [ListingProblem], _ findings: inout Findings) {
        for problem in problems {
            for rule in list { rule.check(problem, &findings) }
        }
    }
}
