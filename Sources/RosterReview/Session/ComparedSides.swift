/// The sides of a comparison, and how the base was chosen.
package struct ComparedSides: Sendable {
    /// The sides that the head is compared with: one, or each of several merge bases in the order of their ids.
    package var bases: [RevisionSide]
    /// The side that the bases are compared with.
    package var head: RevisionSide
    /// The tip of the branch that the user named as the base, which decides about keys and access; nil when the base
    /// itself does.
    package var tip: RevisionSide?
    /// The way in which the base was chosen.
    package var comparison: Review.ComparisonKind
    /// The line that names what is compared.
    package var caption: String
    /// A Boolean value that indicates whether the base and the head have the same commit, so that only the working tree can differ.
    package var areSameCommit = false
}

extension ComparedSides {
    /// A name, as the user typed it or as an implied base is called, and the side that it names.
    struct NamedSide {
        var name: String
        var side: RevisionSide
    }

    /// Compares with the base's own tree; `cause` is the reason, when the user did not ask for that.
    init(exactly base: NamedSide, _ head: NamedSide, because cause: String? = nil) {
        bases = [base.side]
        self.head = head.side
        comparison = .exact
        let digits = Self.digits([base.side.id, head.side.id])
        if base.side.id == nil {
            caption = "comparing the empty tree with \(Self.words(head, digits))"
        } else {
            caption =
                "comparing exactly \(Self.words(base, digits)) with \(Self.words(head, digits))"
                + (cause.map { ": " + $0 } ?? "")
        }
    }

    /// Compares with merge bases of the base and the head, of which there is at least one.
    init(mergeBases: [RevisionSide], of base: NamedSide, _ head: NamedSide) {
        bases = mergeBases
        self.head = head.side
        comparison = .mergeBase
        tip = mergeBases.count == 1 && mergeBases[0].id == base.side.id ? nil : base.side
        let digits = Self.digits(mergeBases.map(\.id) + [head.side.id])
        let ids = mergeBases.compactMap(\.id).map { $0.prefix(digits) }.joined(separator: ", ")
        caption =
            "comparing \(base.name) (merge base\(mergeBases.count == 1 ? "" : "s") \(ids)) with "
            + Self.words(head, digits)
    }

    /// Returns the words for a side: its name and the start of its id.
    private static func words(_ named: NamedSide, _ digits: Int) -> String {
        switch named.side {
        case .workingTree: "the working tree"
        case .index: "the index"
        case .nothing: "the empty tree"
        case .revision(_, nil, let tree): "\(named.name) (tree \(tree.prefix(digits)))"
        case .revision(_, let commit?, _): "\(named.name) (\(commit.prefix(digits)))"
        }
    }

    /// Returns the number of digits that distinguish ids, at least seven.
    private static func digits(_ ids: [String?]) -> Int {
        let ids = Set(ids.compactMap(\.self))
        return (7...64).first { digits in Set(ids.map { $0.prefix(digits) }).count == ids.count } ?? 64
    }
}
