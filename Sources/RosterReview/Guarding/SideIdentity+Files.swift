import RosterBytes
import RosterCompiler

extension SideIdentity {
    /// Returns the identity of files without a commit: their paths and bytes.
    ///
    /// - Parameters:
    ///   - tree: the files that Roster reads.
    ///   - guarded: the contents of guarded files that differ, by path.
    /// - Returns: an identity that depends only on these.
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
