import RosterCompiler
import RosterEditing
import RosterSemantics
import RosterSources
import SealedBoxes

extension EditSession {
    /// Writes the new key; `reseal` adds the boxes for it that secrets lack.
    func applyNewKey(_ change: FileChange) async throws {
        try await apply([change], expecting: [MissingBox.name])
    }

    func noteNextStep(_ key: String) throws {
        guard !survey.secrets.isEmpty else { return }
        try printLine("next: roster secret reseal --all --trust-key \(key)")
    }
}
