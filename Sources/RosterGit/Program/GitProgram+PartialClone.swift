extension GitProgram {
    /// Returns true when a promisor remote has objects that are not in this clone.
    ///
    /// See git-config(1), `remote.<name>.promisor`, and `extensions.partialClone` in git's repository-version.
    func isPartialClone() async throws -> Bool {
        let pattern = "^(remote\\..*\\.(promisor|partialclonefilter)|extensions\\.partialclone)$"
        guard case .success(let list) = try await answer(["config", "--null", "--get-regexp", pattern]) else {
            return false
        }
        return list.split(separator: "\0").contains { setting in
            let parts = setting.split(separator: "\n", maxSplits: 1)
            guard parts.first?.hasSuffix(".promisor") == true else { return !parts.isEmpty }
            // A setting without a value is true.
            let value = parts.count > 1 ? parts[1].lowercased() : "true"
            return !["false", "no", "off", "0", ""].contains(value)
        }
    }
}
