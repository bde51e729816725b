/// A file that decides how changes are reviewed and that differs between the sides.
package struct GuardedFile: Sendable, Hashable {
    /// The path relative to git's top level.
    package var path: String
    package var action: Change.Action

    package init(path: String, action: Change.Action) {
        self.path = path
        self.action = action
    }
}
