import RosterCompiler
package import RosterSources

/// The source trees of a side of a review.
package struct ReviewSource: Sendable {
    /// The tree at the folder of `roster.yaml`; nil without a repository.
    package var tree: (any SourceTree)?
    /// The tree at git's top level, with the files that a host reads.
    package var top: (any SourceTree)?

    package init(tree: (any SourceTree)?, top: (any SourceTree)?) {
        self.tree = tree
        self.top = top
    }
}
