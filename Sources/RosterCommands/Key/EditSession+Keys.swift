import RosterCompiler
import RosterEditing
import RosterSemantics
import RosterSources
import SealedBoxes

extension EditSession {
    /// The edit of roster.yaml that names one more key.
    func adding(_ key: SealingPublicKey, name: String) throws -> FileChange {
        guard !survey.sealingKeys.contains(where: { $0.id == key.id }) else {
            throw CommandFailure.impossible("roster.yaml has the key \(key.id) already")
        }
        let old = try read(RepositoryLayout.rosterFile)
        do {
            let new = try SealingKeyDocument.add(id: key.id, publicKey: key.base64, name: name, to: old)
            return .replace(path: RepositoryLayout.rosterFile, old: old, new: new)
        } catch {
            throw CommandFailure.impossible("roster.yaml cannot be edited", help: "see what is wrong: roster check")
        }
    }

    /// Writes it; that secrets lack a box for the new key is what `reseal` mends.
    func applyNewKey(_ change: FileChange) async throws {
        try await apply([change], expecting: [MissingBox.name])
    }

    func sayWhatIsNext(_ key: String) throws {
        guard !survey.secrets.isEmpty else { return }
        try say("next: roster secret reseal --all --trust-key \(key)")
    }
}
