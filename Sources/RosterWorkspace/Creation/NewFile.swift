/// A file that a new repository gets.
package struct NewFile: Hashable, Sendable {
    /// The path, relative to git's top level, or to the registry outside git.
    package var path: String
    /// The contents.
    package var text: String
    /// The use of the file, as a phrase that follows its path.
    package var purpose: String
    /// A Boolean value that indicates whether the user asked for this file, so that its text is shown when another file of
    /// that name stays.
    package var isRequested = false
}
