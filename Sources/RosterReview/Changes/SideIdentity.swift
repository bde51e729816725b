/// The contents of one side of a review, in one line.
package struct SideIdentity: Sendable, Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    /// The state before the first commit.
    package static let nothing = SideIdentity("nothing")

    /// A commit, whose id determines its contents.
    package static func commit(_ id: String) -> SideIdentity { SideIdentity("commit \(id)") }

    /// A tree without a commit.
    package static func tree(_ id: String) -> SideIdentity { SideIdentity("tree \(id)") }
}
