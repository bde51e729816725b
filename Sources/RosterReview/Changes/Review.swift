/// What lies between two sides of a repository.
package struct Review: Sendable {
    /// One of the two.
    package struct Side: Sendable, Hashable {
        /// Nil for the working tree and for a tree that is no commit.
        package var commit: String?
        /// The digest of the registry that it compiles to; nil when it does not, or when that was not asked for.
        package var digest: String?
        /// What `check` finds in the files that were read.
        package var diagnostics: Int
        /// Those among them that keep it from compiling.
        package var errors: Int

        package init(commit: String? = nil, digest: String? = nil, diagnostics: Int = 0, errors: Int = 0) {
            self.commit = commit
            self.digest = digest
            self.diagnostics = diagnostics
            self.errors = errors
        }
    }

    /// Which state of the base is compared with the head.
    package enum ComparisonKind: String, Sendable, Hashable {
        /// The state that the head left.
        case mergeBase = "merge-base"
        /// The state that the base itself names.
        case exact
    }

    package var comparison: ComparisonKind
    /// The base that was compared; of several merge bases the first one.
    package var base: Side
    package var head: Side
    /// The commits of all merge bases, when there is more than one, in the order of their ids.
    package var mergeBases: [String]
    /// The commit that decides about keys and access, when it is not the base: the tip of the branch that was named.
    package var tip: String?
    /// Errors of the head that the base does not have.
    package var newErrors: Int
    /// The highest risk first.
    package var changes: [Change]
    /// Which providers hang on secrets that changed: handles of both, by secret.
    package var links: [SecretLinks]
    /// What a reader should know of how the comparison was made.
    package var notes: [String] = []
    /// What a reviewer accepts; nil when a file of a side that is in no commit was not read.
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

    /// Whether there is something to review: a row, or an error that only the head has.
    package var hasChanges: Bool { !changes.isEmpty || newErrors > 0 }

    /// How many rows have an action.
    package func count(_ action: Change.Action) -> Int { changes.count { $0.action == action } }

    /// How many rows have a risk.
    package func count(_ risk: Risk) -> Int { changes.count { $0.risk == risk } }

    /// A secret that changed, and the providers of the head that link it.
    package struct SecretLinks: Sendable, Hashable {
        package var secret: String
        package var providers: [String]
    }
}
