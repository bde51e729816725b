import RosterBytes
import RosterCompiler
import RosterModel
package import RosterSources
import SealedBoxes

/// The contents of one side of a review, in one line.
package struct SideIdentity: Sendable, Hashable {
    let text: String

    private init(_ text: String) { self.text = text }

    /// The state before the first commit.
    package static let nothing = SideIdentity("nothing")

    /// A commit, on whose id everything in it depends.
    package static func commit(_ id: String) -> SideIdentity { SideIdentity("commit \(id)") }

    /// A tree without a commit.
    package static func tree(_ id: String) -> SideIdentity { SideIdentity("tree \(id)") }

    /// Files that are in no commit: their paths and bytes.
    ///
    /// - Parameters:
    ///   - tree: the files that Roster reads.
    ///   - guarded: the contents of guarded files that differ, by path.
    /// - Returns: an identity that depends on nothing else.
    package static func files(_ tree: ReviewedTree, guarded: [String: String]) -> SideIdentity {
        let files = (tree.checked?.fileIdentities ?? []).map { file in
            (file.path, file.object ?? Digest.sha256(of: file.bytes.span).hex)
        }
        let others = guarded.sorted { $0.key.precedesInBytes($1.key) }.map { ($0.key, $0.value) }
        var message = PlanMessage()
        for list in [files, others] { message.add(list.flatMap { [$0.0, $0.1] }) }
        return SideIdentity("files \(message.digest())")
    }
}

extension GuardedFiles {
    /// Returns the contents of guarded files of a tree without git objects, as digests by path; nil when not all of them
    /// can be read.
    package static func contents(
        of files: [GuardedFile],
        in tree: (any SourceTree)?
    ) async throws -> [String: String]? {
        guard let tree else { return [:] }
        var contents: [String: String] = [:]
        var left = byteLimit
        for file in files where file.action != .deleted {
            let slash = file.path.lastIndex(of: "/")
            let place = TreeFile(
                folder: slash.map { String(file.path[..<$0]) } ?? "",
                name: slash.map { String(file.path[file.path.index(after: $0)...]) } ?? file.path,
                limit: min(left, fileLimit)
            )
            var reading = FileReading.notRegular
            try await tree.read([place]) { _, found in reading = found }
            switch reading {
            case .contents(let bytes, _):
                left -= bytes.count
                contents[file.path] = Digest.sha256(of: bytes.span).hex
            case .notRegular:
                guard let target = try await tree.target(ofLink: place) else { return nil }
                contents[file.path] = "link " + Digest.sha256(of: target.span).hex
            case .tooLarge, .unreadable: return nil
            }
        }
        return contents
    }
}
