/// The differences between two sides of a repository.
package struct Review: Sendable {
    /// One of the two sides.
    package struct Side: Sendable, Hashable {
        /// The commit; nil for the working tree and for a tree without a commit.
        package var commit: String?
        /// The digest of the compiled registry; nil if the side does not compile, or if the digest was not requested.
        package var digest: String?
        /// The number of problems that `check` reports in the files that were read.
        package var diagnostics: Int
        /// The number of these problems that are errors.
        package var errors: Int

        package init(commit: String? = nil, digest: String? = nil, diagnostics: Int = 0, errors: Int = 0) {
            self.commit = commit
            self.digest = digest
            self.diagnostics = diagnostics
            self.errors = errors
        }
    }

    /// The state of the base that is compared with the head.
    package enum ComparisonKind: String, Sendable, Hashable {
        /// The merge base of base and head.
        case mergeBase = "merge-base"
        /// The base itself.
        case exact
    }

    package var comparison: ComparisonKind
    /// The base that was compared; the first one of several merge bases.
    package var base: Side
    package var head: Side
    /// The commits of all merge bases, when there is more than one, in the order of their ids.
    package var mergeBases: [String]
    /// The commit that keys and access are compared with, if it differs from the base: the tip of the named branch.
    package var tip: String?
    /// The number of errors of the head that the base does not have.
    package var newErrors: Int
    /// The rows, the highest risk first.
    package var changes: [Change]
    /// The providers that link changed secrets, by secret.
    package var links: [SecretLinks]
    /// Notes for the reader about the comparison.
    package var notes: [String] = []
    /// The plan that a reviewer accepts; nil when a file of a side without a commit was not read.
    package var plan: Plan?

    package init(
        comparison: ComparisonKind = .exact,
        base: Side,
        head: Side,
        mergeBases: [String] = [],
        tip: String? = nil,
        newErrors: Int = 0,
        changes: [Change],
        links: [SecretLinks] = [],
        notes: [String] = [],
        sides: [SideIdentity]? = []
    ) {
        (self.comparison, self.mergeBases, self.tip) = (comparison, mergeBases, tip)
        (self.base, self.head, self.newErrors) = (base, head, newErrors)
        (self.changes, self.links, self.notes) = (changes, links, notes)
        plan = sides.map { Plan(changes: changes, sides: $0) }
    }

    /// The highest risk of all; nil when nothing changed.
    package var highest: Risk? { changes.map(\.risk).max() }

    /// A Boolean value that indicates whether there is a row, or an error that only the head has.
    package var hasChanges: Bool { !changes.isEmpty || newErrors > 0 }

    /// Returns the number of rows with an action.
    package func count(_ action: Change.Action) -> Int { changes.count { $0.action == action } }

    /// Returns the number of rows with a risk.
    package func count(_ risk: Risk) -> Int { changes.count { $0.risk == risk } }

    /// A secret that changed, and the providers of the head that link it.
    package struct SecretLinks: Sendable, Hashable {
        package var secret: String
        package var providers: [String]
    }
}
