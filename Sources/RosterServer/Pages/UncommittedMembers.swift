import RosterFrontend
import RosterJSON
import RosterReview

/// The members of a provider's file whose values are not those of a commit.
enum UncommittedMembers {
    /// Compares the served file with that of the commit; all members when one of them cannot be read.
    static func names(served: [UInt8], committed: [UInt8]) -> Set<String> {
        guard served != committed else { return [] }
        guard let now = PlainDocument.object(in: served), let was = PlainDocument.object(in: committed) else {
            return CommittedHistory.members
        }
        return CommittedHistory.members.filter { now[$0] != was[$0] }
    }
}
