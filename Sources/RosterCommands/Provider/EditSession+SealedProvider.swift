import RosterEditing
import RosterSemantics
import RosterModel
import RosterWorkspace

extension EditSession {
    /// Creates a provider and its secret in one edit.
    ///
    /// Everything that can be refused without the key is refused before it is asked for.
    func create(_ new: SealedProvider, _ options: NewValueOptions, _ writing: WritingOptions) async throws {
        let name = new.provider.fullName
        try await plan(.createProvider(new.provider), force: writing.force, expecting: [UnknownSecret.name])
        let target = try await new.target(today: context.today)
        let location = try new.location(in: editor, root: repository.root)
        if context.standardInput.isTerminal {
            try note("the key of \(name) may be sent to \(target.hosts.map(\.text).joined(separator: ", "))")
        }
        let sealed = try await seal(
            location,
            for: target,
            label: nil,
            options,
            command: "roster provider create … --seal"
        )
        let provider = new.with(sealed, at: location)
        let isWritten = try await perform(.createProvider(provider), writing, done: provider.report)
        try warnOfUnlockedMemory()
        if isWritten { for line in sealed.lines(location) { try note(line) } }
    }
}

extension NewProvider {
    /// The line that reports that the provider was created.
    var report: String { "created \(fullName); review and commit it" }
}
