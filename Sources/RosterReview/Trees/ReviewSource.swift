import RosterCompiler
package import RosterSources

/// Where a side of a review comes from.
package struct ReviewSource: Sendable {
    /// The tree at the folder of `roster.yaml`; nil where there is none.
    package var tree: (any SourceTree)?
    /// The tree at git's top level, for what a host reads there.
    package var top: (any SourceTree)?

    package init(tree: (any SourceTree)?, top: (any SourceTree)?) {
        self.tree = tree
        self.top = top
    }
}
