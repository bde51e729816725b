import Glibc
import RosterBytes
import RosterCompiler
import RosterEditing
import RosterModel
import RosterRuntime
import RosterSources
import SealedBoxes

extension EditSession {
    /// Returns the secret of a name, `<project>/<handle>` or an id.
    func secret(_ name: String) throws -> RepositorySurvey.Secret {
        if let found = survey.secrets.first(where: { $0.fullName == name || $0.id == name }) { return found }
        guard !survey.unreadableSecrets.contains(name) else {
            throw CommandFailure.impossible("secrets/\(name).yaml has errors", help: "see them: roster check")
        }
        throw CommandFailure(
            Editor.unknown(
                "there is no secret \(ShellLine.shown(name))",
                name,
                among: survey.secrets.map(\.fullName),
                orElse: "list them: roster secret list"
            )
        )
    }

    /// Returns whether a project has a file for a secret of a handle, readable or not.
    func hasSecretFile(_ handle: String, in project: String) -> Bool {
        let name = "\(project)/\(handle)"
        return survey.secrets.contains { $0.fullName == name } || survey.unreadableSecrets.contains(name)
    }

    /// Returns the providers that link a secret.
    func providersLinking(_ secret: RepositorySurvey.Secret) -> [RepositorySurvey.Provider] {
        survey.providers.filter { $0.project == secret.project && $0.secret == secret.handle }
    }

    /// Returns the keys that a new value is sealed to, each of which is trusted.
    func recipients(_ options: SealingOptions) async throws -> [RepositorySurvey.SealingKey] {
        let keys = survey.sealingKeys.filter { !$0.isRetired }
        guard !keys.isEmpty else {
            throw CommandFailure.impossible(
                "roster.yaml has no active sealing key",
                help: "make one: roster key generate"
            )
        }
        let untrusted = try await repository.untrustedKeys(among: keys, today: context.today)
            .filter { !options.trustKey.contains($0.key.id) }
        guard untrusted.isEmpty else { throw CommandFailure(untrusted) }
        return keys
    }

    /// Returns the public halves of keys.
    func publicKeys(_ keys: [RepositorySurvey.SealingKey]) throws -> [SealingPublicKey] {
        try keys.map { key in
            let text = Array(key.publicKey.utf8)
            guard let publicKey = try? SealingPublicKey(base64: text.span), publicKey.id == key.id else {
                throw CommandFailure.impossible(
                    "the sealing key \(key.id) is not usable",
                    help: "see why: roster check"
                )
            }
            return publicKey
        }
    }

    /// Returns the claims of a secret, which its box must repeat.
    static func claims(of secret: RepositorySurvey.Secret) -> SecretClaims {
        SecretClaims(
            secretID: secret.id,
            projectID: secret.projectID,
            generation: UInt64(clamping: secret.generation),
            allowedHosts: secret.allowedHosts
        )
    }

    /// Returns the boxes of a secret as bytes.
    static func boxes(of secret: RepositorySurvey.Secret) -> [SealedBox] {
        secret.boxes.map { box in
            SealedBox(key: box.key, bytes: CanonicalBase64.decode(Array(box.box.utf8).span) ?? [])
        }
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
        guard MemoryLock.takeFailure() else { return }
        try context.standardError.write("warning: memory for secrets could not be locked; it may be swapped out\n")
    }
}

extension CommandFailure {
    /// Creates the failure to open a secret, with the fields of its file that differ from the sealed ones.
    init(
        _ error: SecretOpener.Failure,
        _ secret: RepositorySurvey.Secret,
        _ opener: inout SecretOpener,
        _ ring: borrowing IdentityRing
    ) {
        self.init(error, secret.fullName)
        guard error == .doesNotOpen, let sealed = opener.sealedClaims(of: EditSession.boxes(of: secret), with: ring)
        else { return }
        let changed = ChangedSecretFile(
            secret.fullName,
            path: secret.path,
            file: EditSession.claims(of: secret),
            fingerprint: secret.fingerprint,
            sealed: sealed
        )
        if let changed { self = .impossible(changed.message, help: changed.help) }
    }

    /// Creates the failure to open a secret.
    init(_ error: SecretOpener.Failure, _ secret: String) {
        switch error {
        case .noIdentity(let keys):
            self = .impossible(
                "there is no identity for \(secret), which is sealed to \(keys.joined(separator: ", "))",
                help: "give one: --identity FILE, or ROSTER_IDENTITY_FILE"
            )
        case .doesNotOpen:
            let failure = ProviderFailure.brokenBox(of: secret)
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
