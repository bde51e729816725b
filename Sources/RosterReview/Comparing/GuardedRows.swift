extension GuardedFile {
    /// The row of the file in a review.
    var row: Change {
        let isHookConfiguration = path.split(separator: "/").last.map(String.init) == HookConfigurationChanged.fileName
        return Change(
            kind: .file,
            action: action,
            reasons: [
                isHookConfiguration
                    ? HookConfigurationChanged.reason(HookConfigurationChanged.sentence)
                    : GuardedFileChanged.reason(GuardedFileChanged.sentence)
            ],
            path: path,
            line: action == .deleted ? nil : 1
        )
    }
}

extension SearchGap {
    /// The row of the place in a review.
    var row: Change {
        Change(
            kind: .file,
            action: .changed,
            reasons: [SearchIncomplete.reason(SearchIncomplete.sentence(cause))],
            path: path.isEmpty ? "." : path,
            line: 1
        )
    }
}
