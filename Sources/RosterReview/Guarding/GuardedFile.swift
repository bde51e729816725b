/// A file that decides how changes are reviewed, and is not the same on both sides.
package struct GuardedFile: Sendable, Hashable {
    /// Relative to git's top level.
    package var path: String
    package var action: Change.Action

    package init(path: String, action: Change.Action) {
        self.path = path
        self.action = action
    }
}
