import RosterFrontend
import RosterSemantics
import RosterSources

/// The files of an earlier analysis that need not be read again.
package struct ReusableFiles: Sendable {
    private let listing: Listing
    private let files: [CheckedFile]
    /// The findings of each file that has one.
    private let findings: [FileIndex: Findings]
    /// The paths that may have changed; nil to compare git objects.
    private let changed: Set<String>?

    init(_ files: [CheckedFile], of listing: Listing, _ findings: Findings, except changed: Set<String>?) {
        self.listing = listing
        self.files = files
        self.findings = findings.byFile
        self.changed = changed
    }

    /// Returns whether a file has the same position as before and is unchanged.
    func has(_ file: TreeFile, at index: FileIndex) -> Bool {
        let earlier = listing.files
        guard index < earlier.count, earlier[index].folder == file.folder, earlier[index].name == file.name,
            files[index].isRead
        else { return false }
        // A file that could not be read may be readable now.
        if case .broken = files[index].record, files[index].bytes.isEmpty { return false }
        guard let changed else { return file.object != nil && file.object == earlier[index].object }
        return !changed.contains(file.path)
    }

    /// Returns a file as it was read, and adds its findings; nil when it must be read.
    func file(at index: FileIndex, as file: TreeFile, _ findings: inout Findings) -> CheckedFile? {
        guard has(file, at: index) else { return nil }
        if let own = self.findings[index] { findings.append(contentsOf: own) }
        return files[index]
    }
}
