import Glibc
import RosterCompiler
import RosterEditing
import RosterJSON
import RosterModel
import RosterSemantics
import RosterWorkspace
import RosterFrontend

/// A new provider and the secret that is created with it.
struct SealedProvider {
    private var provider: NewProvider
    private let session: EditSession

    init(_ provider: NewProvider, _ session: EditSession) { (self.provider, self.session) = (provider, session) }

    /// Creates both files in one edit.
    ///
    /// Everything that can be refused without the key is refused before it is asked for.
    func create(_ options: NewValueOptions, _ writing: WritingOptions) async throws {
        var provider = provider
        let handle = provider.fields["secret"]?.string ?? provider.handle ?? ""
        provider.fields.set("secret", to: .string(handle))
        provider.newSecret = NewSecret(handle: handle)
        try await session.plan(.createProvider(provider), force: writing.force, expecting: [UnknownSecret.name])
        let target = try await target(of: provider)
        let location = try SecretLocation(
            "\(provider.project)/\(handle)",
            in: session.editor,
            makeID: session.context.makeID
        )
        try refuseUnreadableFile(location)
        if session.context.standardInput.isTerminal {
            try session.note(
                "the key of \(provider.fullName) may be sent to \(target.hosts.map(\.text).joined(separator: ", "))"
            )
        }
        let sealed = try await session.seal(
            location,
            for: target,
            label: nil,
            options,
            command: "roster provider create … --seal"
        )
        provider.newSecret?.file = SecretDocument.make(id: location.id, sealed.contents)
        let isWritten = try await session.perform(
            .createProvider(provider),
            writing,
            done: provider.report
        )
        try session.warnOfUnlockedMemory()
        if isWritten { for line in sealed.lines(location) { try session.note(line) } }
    }

    /// Refuses a file that is in the way and was not read, such as a symbolic link.
    private func refuseUnreadableFile(_ location: SecretLocation) throws {
        var status = stat()
        guard unsafe lstat(session.repository.root + "/" + location.path, &status) == 0 else { return }
        throw EditFailure(
            .exists,
            "\(location.path) is there already, and it cannot be read",
            help: "see why: roster check; or seal the key under another name: --secret NAME"
        )
    }

    private func target(of provider: NewProvider) async throws -> SecretTarget {
        let preview = try await EndpointPreview(of: provider.fields, today: session.context.today)
        guard let slug = provider.fields["provider"]?.string.flatMap(ProviderSlug.init(rawValue:)),
            let endpoint = preview.endpoint
        else {
            throw CommandFailure.impossible(
                "nothing was written: the endpoint of \(provider.fullName) cannot be determined, so no key can be sealed for it",
                help: "leave --force out to see why"
            )
        }
        return try SecretTarget(endpoint, slug)
    }
}
