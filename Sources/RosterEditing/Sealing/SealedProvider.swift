import Glibc
import RosterCompiler
import RosterJSON
package import RosterModel
import RosterSemantics

/// A new provider with a secret that is created in the same edit.
package struct SealedProvider: Sendable {
    /// The provider, which links the secret; the secret's file is not known yet.
    package let provider: NewProvider
    private let handle: String

    /// Takes a provider, whose secret has the handle that its fields name, or else its own.
    package init(_ provider: NewProvider) {
        handle = provider.fields["secret"]?.string ?? provider.handle ?? ""
        var linked = provider
        linked.fields.set("secret", to: .string(handle))
        linked.newSecret = NewSecret(handle: handle)
        self.provider = linked
    }

    /// Returns the hosts that the key may be sent to.
    ///
    /// - Throws: ``EditFailure`` when the endpoint cannot be determined.
    package func target(today: CalendarDate) async throws -> SecretTarget {
        let preview = try await EndpointPreview(of: provider.fields, today: today)
        guard let slug = provider.fields["provider"]?.string.flatMap(ProviderSlug.init(rawValue:)),
            let endpoint = preview.endpoint
        else {
            throw EditFailure(
                .notFound,
                "nothing was written: the endpoint of \(provider.fullName) cannot be determined, so no key can be sealed for it",
                help: "leave --force out to see why"
            )
        }
        return try SecretTarget(endpoint, slug)
    }

    /// Returns the location of the secret.
    ///
    /// - Parameters:
    ///   - editor: the editor of the repository.
    ///   - root: the folder of the repository.
    /// - Returns: the location of a secret that does not exist yet.
    /// - Throws: ``EditFailure`` when a file is in the way that was not read, such as a symbolic link.
    package func location(in editor: Editor, root: String) throws(EditFailure) -> SecretLocation {
        let location = try SecretLocation("\(provider.project)/\(handle)", in: editor, makeID: editor.makeID)
        var status = stat()
        guard unsafe lstat(root + "/" + location.path, &status) == 0 else { return location }
        throw EditFailure(
            .exists,
            "\(location.path) is there already, and it cannot be read",
            help: "see why: roster check; or seal the key under another name: --secret NAME"
        )
    }

    /// Returns the provider with the secret's file.
    package func with(_ sealed: NewSealedValue, at location: SecretLocation) -> NewProvider {
        var provider = provider
        provider.newSecret?.file = SecretDocument.make(id: location.id, sealed.contents)
        return provider
    }
}
