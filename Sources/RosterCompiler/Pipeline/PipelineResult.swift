import RosterFrontend
import RosterSemantics
import RosterSources

/// The result of reading, parsing and linking the files of a tree.
struct PipelineResult: Sendable {
    /// The files in the listing's order.
    var files: [CheckedFile]
    /// The bytes of files that were released.
    var contents = RetainedContents()
    /// The findings in single files.
    var findings: Findings
    var index: SecretIndex
    var providers: ProviderTable
    /// The catalogue that models are compared with.
    var models: ModelsFile
    /// The findings in providers' links.
    var linkFindings = Findings()
    /// The positions of secrets that providers link.
    var linkedSecrets: Set<Int> = []
    /// The links that resolve to no secret of their project.
    var unresolvedLinks: [UnresolvedLink] = []
    /// A Boolean value that indicates whether an error was found so far, so that there will be no document.
    var hasErrors = false

    /// Returns the bytes of a file, retained or not.
    func bytes(of file: FileIndex) -> [UInt8] {
        let own = files[file].bytes
        return own.isEmpty ? contents[file] : own
    }
}
