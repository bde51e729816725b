import RosterBytes
package import RosterEditing
import RosterModel
package import RosterSemantics
import SealedBoxes

// The secrets of an import, and the plan of the whole edit.

/// The result of an import that is not written yet.
package struct ImportPlan: Sendable {
    /// The edit; nil when there is nothing to do.
    package var edit: EditPlan?
    /// The providers, in the order of the files.
    package var providers: [ImportPlanner.Provider]
    /// The secrets, in the order of the providers.
    package var secrets: [ImportedSecret]
    /// The names of the drafts, and the remarks from which findings are made.
    package var names: [String?]
    package var notes: ImportNotes
}

extension ImportPlanner {
    /// Seals the values that are known, and plans the edit.
    ///
    /// - Parameters:
    ///   - source: the files that have keys in the clear.
    ///   - values: the variables.
    ///   - recipients: returns the keys to seal to; called only when there is a value to seal.
    /// - Returns: the plan, which is not written.
    /// - Throws: ``EditFailure``, ``SealingFailure`` and the errors of `recipients`.
    package mutating func plan(
        sealing source: ImportSource,
        _ values: borrowing ImportVariables,
        to recipients: () async throws -> [PartialRegistry.SealingKey]
    ) async throws -> ImportPlan {
        var files: [EditedFile] = []
        var keys: [PartialRegistry.SealingKey]?
        for position in secrets.indices {
            let fullName = secrets[position].fullName
            if editor.hasSecretFile(secrets[position].handle, in: project) {
                secrets[position].state = .existing
                for (place, draft) in places(ofSecret: position) where !isExisting(draft) {
                    note(.changed, "it links \(fullName), whose value was not compared", at: place, draft: draft)
                }
                continue
            }
            secrets[position].state = .pending(command: secrets[position].command)
            let value: SecretBytes
            do throws(ImportedKey.Problem) {
                value = try secrets[position].key.value(source, values)
            } catch {
                switch error {
                case .unknown: noteUnknown(position, values)
                case .unusable: noteRefused(position, "the key has a character that no key has")
                case .noMemory: throw SealingFailure(.noMemory, fullName)
                }
                continue
            }
            let sealing: [PartialRegistry.SealingKey]
            if let keys { sealing = keys } else { sealing = try await recipients() }
            keys = sealing
            if let file = try seal(value, position, fullName, to: sealing) { files.append(EditedFile(file)) }
        }
        files += try newProviders()
        let isComplete = secrets.allSatisfy { if case .pending = $0.state { false } else { true } }
        let edit =
            files.isEmpty
            ? nil : try await editor.plan(files, expecting: isComplete ? [] : [UnknownSecret.name])
        return ImportPlan(edit: edit, providers: providers, secrets: secrets, names: names, notes: draft.notes)
    }

    /// Returns the file of a sealed value; nil when the value is refused.
    private mutating func seal(
        _ bytes: borrowing SecretBytes,
        _ position: Int,
        _ fullName: String,
        to keys: [PartialRegistry.SealingKey]
    ) throws -> FileChange? {
        let secret = secrets[position]
        let hosts = try secret.hosts.map { host throws(EditFailure) in
            do throws(AllowedHost.Refusal) { return try AllowedHost(host) } catch {
                throw EditFailure(.invalid, "\(fullName) cannot be sent to its host")
            }
        }
        let target = SecretTarget(hosts: hosts, slugs: secret.slugs)
        do {
            let value = try SecretValue(input: bytes)
            let command = "roster secret set \(fullName) …"
            _ = try target.examine(value, for: fullName, command: command, bedrock: bedrock)
            let location = try SecretLocation(fullName, in: editor, makeID: editor.makeID)
            let sealed = try editor.seal(value, at: location, for: target, to: keys, label: secret.label, rotateBy: nil)
            secrets[position].state = .sealed
            secrets[position].lines = sealed.lines(location)
            return try editor.change(to: sealed, at: location)
        } catch let failure as EditFailure {
            noteRefused(position, failure.message + (failure.help.map { "; \($0)" } ?? ""))
        } catch let problem as SecretValue.Problem {
            switch problem {
            case .empty: noteRefused(position, "the key is empty")
            case .tooLong(let count): noteRefused(position, "the key has \(count) bytes, and may have 16,384")
            case .surroundingWhiteSpace: noteRefused(position, "the key begins or ends with white space")
            case .noMemory: throw SealingFailure(.noMemory, fullName)
            }
        }
        return nil
    }

    private mutating func noteUnknown(_ position: Int, _ values: borrowing ImportVariables) {
        let names = secrets[position].key.variables.joined(separator: ", ")
        let source = values.source.map { "\($0) does not have \(names)" } ?? "the value of \(names) is not known"
        for (place, draft) in places(ofSecret: position) {
            note(.changed, "\(source): seal it with the command below", at: place, draft: draft)
        }
    }

    private mutating func noteRefused(_ position: Int, _ message: String) {
        for (place, draft) in places(ofSecret: position) { note(.refused, message, at: place, draft: draft) }
    }
}
