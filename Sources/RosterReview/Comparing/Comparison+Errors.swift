import RosterCompiler

extension Comparison {
    /// Returns rows for paths without a record and without a row, at which only the head has errors.
    ///
    /// Such a path is a file or folder with an invalid name, or something other than a file. Records with errors
    /// already have a row, because their file or the record that causes the error changed.
    func errorRows(excluding rows: [Change]) -> [Change] {
        let (base, head) = (context.base, context.head)
        let errors = head.errors(notIn: base)
        guard !errors.isEmpty, let checked = head.checked else { return [] }
        let (records, known) = (checked.recordPaths, Set(base.allErrors.map(\.path)))
        var seen = Set(rows.map(\.path))
        return errors.compactMap { error in
            let path = String(decoding: error.path.utf8.dropFirst(head.pathPrefix.utf8.count), as: UTF8.self)
            guard !records.contains(path), seen.insert(error.path).inserted else { return nil }
            return Change(
                kind: .file,
                action: known.contains(error.path) ? .changed : .added,
                reasons: [UnreadableRecord.reason(UnreadableRecord.sentence(error: error.message))],
                path: error.path,
                line: 1
            )
        }
    }
}
