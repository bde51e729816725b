import RosterEditing

extension CommandFailure {
    /// Creates the failure of a command from that of an edit.
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
