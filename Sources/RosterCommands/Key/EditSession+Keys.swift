import RosterCompiler
import RosterEditing
import RosterSources
import SealedBoxes

extension EditSession {
    /// Returns the edit of roster.yaml that adds a key.
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

    /// Writes the new key; `reseal` adds the boxes for it that secrets lack.
    func applyNewKey(_ change: FileChange) async throws {
        try await apply([change], expecting: ["missing-box"])
    }

    func noteNextStep(_ key: String) throws {
        guard !survey.secrets.isEmpty else { return }
        try printLine("next: roster secret reseal --all --trust-key \(key)")
    }
}
