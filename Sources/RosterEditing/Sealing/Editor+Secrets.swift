import RosterModel
import RosterBytes
import RosterCompiler
import RosterSources
package import SealedBoxes
package import RosterSemantics
import RosterFrontend

extension Editor {
    /// Returns the secret of a name: `<project>/<handle>`, a handle that no other secret has, or an id.
    package func secret(_ name: String) throws(EditFailure) -> PartialRegistry.Outline.Secret {
        let name = try fullName(ofSecret: name) ?? name
        if let found = survey.secrets.first(where: { $0.fullName == name || $0.id == name }) { return found }
        guard !survey.unreadableSecrets.contains(name) else { throw EditFailure.unreadableSecret(name) }
        throw Self.unknown(
            "there is no secret \(ShownText.argument(name))",
            name,
            among: survey.secrets.map(\.fullName),
            orElse: "list them: roster secret list"
        )
    }

    /// Returns the full name of the only secret with a handle; nil when the text is not the handle of a secret.
    ///
    /// Files that cannot be read count: the user may mean one of them.
    func fullName(ofSecret text: String) throws(EditFailure) -> String? {
        try Self.fullName(text, "secret", among: survey.secrets.map(\.fullName) + survey.unreadableSecrets)
    }

    /// Returns whether a project has a file for a secret of a handle, readable or not.
    package func hasSecretFile(_ handle: String, in project: String) -> Bool {
        let name = "\(project)/\(handle)"
        return survey.secrets.contains { $0.fullName == name } || survey.unreadableSecrets.contains(name)
    }

    /// Returns the providers that link a secret.
    package func providersLinking(_ secret: PartialRegistry.Outline.Secret) -> [PartialRegistry.Outline.Provider] {
        survey.providers.filter { $0.project == secret.project && $0.secret == secret.handle }
    }

    /// Returns the full name of the secret that a provider links and no other does; nil when another may link it.
    package func secretOnly(linkedBy provider: PartialRegistry.Outline.Provider) -> String? {
        guard let secret = provider.secret, othersLinking(provider).isEmpty,
            checked.areLinksKnown(in: provider.project)
        else { return nil }
        let name = provider.project + "/" + secret
        return survey.secrets.contains { $0.fullName == name } ? name : nil
    }

    /// Returns the secrets that are not sealed to exactly some keys.
    ///
    /// - Throws: ``EditFailure`` when a secret cannot be read.
    package func secrets(
        toResealTo keys: [PartialRegistry.SealingKey]
    ) throws(EditFailure) -> [PartialRegistry.Outline.Secret] {
        if let broken = survey.unreadableSecrets.first { throw EditFailure.unreadableSecret(broken) }
        return survey.secrets.filter { $0.boxes.map(\.key) != keys.map(\.id) }
    }

    /// Returns the keys that a new value is sealed to.
    ///
    /// - Throws: ``EditFailure`` when there is none.
    package func activeSealingKeys() throws(EditFailure) -> [PartialRegistry.SealingKey] {
        let keys = survey.sealingKeys.filter { !$0.isRetired }
        guard !keys.isEmpty else {
            throw EditFailure(
                .notFound,
                "roster.yaml has no active sealing key",
                help: "make one: roster key generate"
            )
        }
        return keys
    }

    /// Returns the public halves of keys.
    package func publicKeys(_ keys: [PartialRegistry.SealingKey]) throws(EditFailure) -> [SealingPublicKey] {
        try keys.map { key throws(EditFailure) in
            let text = Array(key.publicKey.utf8)
            guard let publicKey = try? SealingPublicKey(base64: text.span), publicKey.id == key.id.description else {
                throw EditFailure(
                    .unreadable,
                    "the sealing key \(key.id) is not usable",
                    help: "see why: roster check"
                )
            }
            return publicKey
        }
    }

    /// Returns the edit of `roster.yaml` that adds a sealing key.
    package func adding(_ key: SealingPublicKey, name: String) throws(EditFailure) -> FileChange {
        guard !survey.sealingKeys.contains(where: { $0.id.description == key.id }) else {
            throw EditFailure(.exists, "roster.yaml has the key \(key.id) already")
        }
        let old = try read(RepositoryLayout.rosterFile)
        guard let new = try? SealingKeyDocument.add(id: key.id, publicKey: key.base64, name: name, to: old) else {
            throw EditFailure(.unreadable, "roster.yaml cannot be edited", help: "see what is wrong: roster check")
        }
        return .replace(path: RepositoryLayout.rosterFile, old: old, new: new)
    }

    /// Returns the edit of `roster.yaml` that retires a sealing key.
    package func retiring(_ key: String) throws(EditFailure) -> FileChange {
        let old = try read(RepositoryLayout.rosterFile)
        guard let new = try? SealingKeyDocument.retire(key, in: old) else {
            throw EditFailure(.unreadable, "roster.yaml cannot be edited", help: "see what is wrong: roster check")
        }
        return .replace(path: RepositoryLayout.rosterFile, old: old, new: new)
    }

    /// Returns the edits that give a secret another handle, in its own file and in the providers that link it.
    package func renaming(_ secret: PartialRegistry.Outline.Secret, to handle: String) throws(EditFailure)
        -> [FileChange]
    {
        let path = "secrets/\(secret.project)/\(handle)\(RepositoryLayout.recordSuffix)"
        let bytes = try read(secret.path)
        var changes: [FileChange] = [.move(path: secret.path, to: path, old: bytes, new: bytes)]
        for provider in providersLinking(secret) {
            let old = try read(provider.path)
            guard let new = try? ProviderDocument.link(secret: handle, in: old) else {
                throw EditFailure(
                    .unreadable,
                    "\(provider.path) cannot be edited",
                    help: "see what is wrong: roster check"
                )
            }
            changes.append(.replace(path: provider.path, old: old, new: new))
        }
        return changes
    }
}

extension PartialRegistry.Outline.Secret {
    /// The claims of the secret, which its box must repeat.
    package var claims: SecretClaims {
        SecretClaims(
            secretID: id,
            projectID: projectID,
            generation: UInt64(clamping: generation),
            allowedHosts: allowedHosts.map(\.text)
        )
    }

    /// The boxes as bytes.
    package var sealedBoxes: [SealedBox] {
        boxes.map { box in
            SealedBox(key: box.key.description, bytes: CanonicalBase64.decode(Array(box.box.utf8).span) ?? [])
        }
    }
}

extension EditFailure {
    /// Describes a secret with a file that has errors.
    package static func unreadableSecret(_ name: String) -> EditFailure {
        EditFailure(.unreadable, "secrets/\(name).yaml has errors", help: "see them: roster check")
    }
}
