import RosterSources

/// The files of an earlier check that need not be read again.
package struct ReusableFiles: Sendable {
    private let checked: Checked
    /// Paths that may have changed; nil when only git's ids tell.
    private let changed: Set<String>?

    /// The files of a check, but for those at `changed` paths.
    ///
    /// In a tree from git a file is taken over when its object is the same, and `changed` is nil.
    package init(of checked: Checked, except changed: Set<String>?) {
        precondition(checked.kept.contains(.values), "a provider that was let go cannot be taken over")
        self.checked = checked
        self.changed = changed
    }

    /// Whether a file stands where it stood, and is as it was.
    func has(_ file: TreeFile, at index: FileIndex) -> Bool {
        let earlier = checked.model.listing.files
        guard index < earlier.count, earlier[index].folder == file.folder, earlier[index].name == file.name else {
            return false
        }
        // What could not be read may be readable now.
        if case .broken = checked.files[index].declaration, checked.files[index].bytes.isEmpty { return false }
        guard let changed else { return file.object != nil && file.object == earlier[index].object }
        return !changed.contains(file.path)
    }

    /// The file as it was read, its findings added to `findings`; nil when it must be read.
    func file(at index: FileIndex, as file: TreeFile, _ findings: inout Findings) -> ReadFile? {
        guard has(file, at: index) else { return nil }
        if !checked.readingFindings.isEmpty { findings.append(checked.readingFindings, ofFileAt: index) }
        return checked.files[index]
    }
}

extension Findings {
    /// Takes over what was found in one file.
    fileprivate mutating func append(_ other: Findings, ofFileAt index: FileIndex) {
        var own = other
        own.removeAll { finding in
            if case .file(index, _) = finding.place { false } else { true }
        }
        append(contentsOf: own)
    }
}
