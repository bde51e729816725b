import Glibc
import RosterBytes
import RosterCompiler
import RosterEditing
import RosterModel
import RosterRuntime
import RosterSemantics
import RosterSources
import SealedBoxes
import RosterWorkspace
import RosterReview

extension EditSession {
    /// Returns the keys that a new value is sealed to, each of which is trusted.
    func recipients(_ options: SealingOptions) async throws -> [PartialRegistry.SealingKey] {
        let keys = try editor.activeSealingKeys()
        let untrusted = try await repository.untrustedKeys(among: keys, today: context.today)
            .filter { !options.trustKey.contains($0.key.id.description) }
        guard untrusted.isEmpty else { throw CommandFailure(untrusted) }
        return keys
    }

    /// Reads a value from the terminal or from standard input, and seals it.
    ///
    /// `command` is the command that a value is piped into, as messages show it.
    func seal(
        _ location: SecretLocation,
        for target: SecretTarget,
        label: String?,
        _ options: NewValueOptions,
        command: String
    ) async throws -> NewSealedValue {
        let keys = try await recipients(options.sealing)
        let value = try SecretInputPrompt(context: context, command: command).read(for: location.fullName)
        let remark = try target.examine(value, for: location.fullName, command: command, bedrock: .accepted)
        if let remark { try note(remark) }
        return try editor.seal(
            value,
            at: location,
            for: target,
            to: keys,
            label: label,
            rotateBy: options.rotateBy?.description
        )
    }

    /// Returns the identities that open boxes of these keys.
    func identities(_ options: IdentityOptions, for keys: [String]) throws -> IdentityRing {
        context.process.harden()
        do {
            return try context.identitySources(options.identity).load(for: keys)
        } catch { throw CommandFailure(error) }
    }

    /// Warns once when memory for secrets could not be locked.
    func warnOfUnlockedMemory() throws {
        guard context.unlockedMemory.isNews() else { return }
        try context.standardError.write(UnlockedMemory.warning)
    }
}

extension BedrockValueForm {
    /// The form that requests accept.
    static let accepted = unsafe BedrockValueForm(help: BedrockSecretForm.help) { value, secret, part in
        unsafe BedrockSecretForm.problem(value, secret: secret, part)
    }
}

extension CommandFailure {
    /// Creates the failure of a command that opens or seals secrets.
    init(_ failure: SealingFailure) {
        if let file = failure.file, let sealed = failure.sealed,
            let changed = ChangedSecretFile(
                file.fullName,
                path: file.path,
                file: file.claims,
                fingerprint: file.fingerprint.description,
                sealed: sealed
            )
        {
            self = .impossible(changed.message, help: changed.help)
            return
        }
        switch failure.reason {
        case .noIdentity(let keys):
            self = .impossible(
                "there is no identity for \(failure.secret), which is sealed to \(keys.joined(separator: ", "))",
                help: "give one: --identity FILE, or ROSTER_IDENTITY_FILE"
            )
        case .doesNotOpen:
            let failure = ProviderFailure.brokenBox(of: failure.secret)
            self = .impossible(failure.message, help: failure.help)
        case .noMemory:
            self = .impossible("there is no memory for secrets", help: "raise the limit of locked memory: ulimit -l")
        }
    }

    /// Creates the failure to use an identity.
    init(_ error: IdentitySources.Problem) {
        switch error {
        case .variable(let problem):
            self = .impossible("ROSTER_IDENTITY holds no identity: \(Self.words(problem))")
        case .file(let path, let problem):
            switch problem {
            case .unreadable(let code):
                self = .impossible("the identity \(path) cannot be read: \(TreeFailure(errno: code).reason)")
            case .notAFile:
                self = .impossible(
                    "the identity \(path) is neither a file nor a pipe",
                    help: "name the file that roster key generate wrote"
                )
            case .owner(let user):
                self = .impossible(
                    "the identity \(path) belongs to user \(user), who is not you",
                    help: "make it yours: chown"
                )
            case .permissions(let mode):
                self = .impossible(
                    "others may read the identity \(path) (mode \(String(mode, radix: 8)))",
                    help: "chmod 600 \(path)"
                )
            case .noWriter(let seconds):
                self = .impossible(
                    "no program wrote to the pipe \(path) within \(seconds) seconds",
                    help: "start what writes the identity first, or name a file"
                )
            case .tooLong: self = .impossible("\(path) is too long for an identity")
            case .text(let problem): self = .impossible("\(path) is not an identity: \(Self.words(problem))")
            }
        }
    }

    private static func words(_ problem: Identity.Problem) -> String {
        switch problem {
        case .noIdentityLine: "it has no line that begins with \(Identity.prefix)"
        case .severalIdentityLines: "it has more than one line that begins with \(Identity.prefix)"
        case .unexpectedLine(let number): "line \(number) is neither a comment nor the identity"
        case .notBase64: "what follows \(Identity.prefix) is not the base64 of 32 bytes"
        case .unusable: "its bytes are not a usable key"
        case .noMemory: "there is no memory for it"
        }
    }
}
