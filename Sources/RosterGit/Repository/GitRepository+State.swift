extension GitRepository {
    /// Returns the last commits that a shallow clone has; none for a complete one.
    func shallowCommits() throws -> Set<String> {
        Set(try GitStateFiles.lines(of: stateFiles.shallow).map(String.init))
    }

    /// Returns the commits besides HEAD that a merge in progress joins; none when no merge is in progress.
    package func mergeHeads() throws -> [String] {
        guard !topLevel.isBare else { return [] }
        return try GitStateFiles.lines(of: stateFiles.mergeHead).map { line in
            guard [40, 64].contains(line.utf8.count), line.allSatisfy(\.isHexDigit) else {
                throw GitError.unreadableState(file: stateFiles.mergeHead, reason: "a line is not the id of a commit")
            }
            return String(line)
        }
    }
}
