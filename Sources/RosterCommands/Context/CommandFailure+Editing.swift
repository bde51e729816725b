import RosterEditing

extension CommandFailure {
    /// The exit code of an edit that is not made, and what is said then.
    init(_ failure: EditFailure) {
        let exitCode: Int32 =
            switch failure.code {
            case .refused, .inUse: 1
            case .invalid: 64
            case .notFound, .exists, .changed, .unreadable, .unwritable, .mismatch: 3
            }
        self.init(exitCode: exitCode, message: failure.message, help: failure.help)
    }
}
