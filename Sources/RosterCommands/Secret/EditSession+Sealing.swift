import RosterCompiler
import RosterEditing
import RosterModel
import RosterSemantics
import SealedBoxes

/// A value that was read, examined and sealed, for a file that is not written yet.
struct NewSealedValue {
    let contents: SecretDocument.Contents
    /// The keys that it is sealed to.
    let keys: [PartialRegistry.SealingKey]

    /// Returns the report of the sealing, line by line.
    func lines(_ place: SecretPlace) -> [String] {
        let hosts = contents.allowedHosts.joined(separator: ", ")
        return ["sealed \(place.fullName), generation \(contents.generation), for \(hosts)"]
            + keys.map { "  to \($0.id) (\(ShownText.mask($0.name)))" }
    }
}

extension EditSession {
    /// Reads a value from the terminal or from standard input, and seals it.
    ///
    /// - Parameters:
    ///   - place: the secret.
    ///   - target: the hosts and slugs that the value is for, which it is examined for.
    ///   - label: the secret's name for people; nil to keep it.
    ///   - options: the options of the command.
    ///   - command: the command that a value is piped into, as messages show it.
    /// - Returns: the value as it is written to the secret's file.
    /// - Throws: ``CommandFailure``.
    func seal(
        _ place: SecretPlace,
        for target: SecretTarget,
        label: String?,
        _ options: NewValueOptions,
        command: String
    ) async throws -> NewSealedValue {
        let keys = try await recipients(options.sealing)
        let value = try SecretInputPrompt(context: context, command: command).read(for: place.fullName)
        if let remark = try target.examine(value, for: place.fullName, command: command) { try note(remark) }
        let old = place.existing
        let generation = (old?.generation ?? 0) + 1
        let claims = SecretClaims(
            secretID: place.id,
            projectID: place.projectID,
            generation: UInt64(clamping: generation),
            allowedHosts: target.hosts
        )
        let sealed: SecretSealer.Sealed
        do {
            sealed = try SecretSealer.seal(value, claims, to: try publicKeys(keys))
        } catch is SecretSealer.Failure {
            throw CommandFailure(SecretOpener.Failure.noMemory, place.fullName)
        }
        let contents = SecretDocument.Contents(
            name: label ?? old?.name ?? place.handle,
            allowedHosts: target.hosts,
            generation: generation,
            fingerprint: sealed.fingerprint,
            rotateBy: options.rotateBy?.description ?? old?.rotateBy?.description,
            boxes: sealed.boxes.map { SecretDocument.Box(key: $0.key, box: $0.base64) }
        )
        return NewSealedValue(contents: contents, keys: keys)
    }
}
