import ArgumentParser
import RosterCompiler
import RosterEditing
import SealedBoxes

struct SecretResealCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "reseal",
        abstract: "Seal values again, to today's active keys.",
        discussion: """
            Keeps value, generation and fingerprint, and drops the boxes of retired keys. With --host, one secret gets \
            other hosts and goes one generation up. Each file is written as a whole or not at all; what was interrupted \
            can be run again.
            """
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle> or an id", valueName: "secret"))
    var secret: String?

    @Flag(help: "Every secret that is not sealed to exactly the active keys.")
    var all = false

    @Option(
        help: ArgumentHelp(
            "A new host that the key may be sent to, or its URL; may be given several times.",
            valueName: "host"
        )
    )
    var host: [String] = []

    @OptionGroup var sealing: SealingOptions
    @OptionGroup var forcing: ForceOption
    @OptionGroup var identities: IdentityOptions

    func validate() throws {
        guard (secret != nil) != all else { throw ValidationError("Name one secret, or give --all.") }
        guard host.isEmpty || !all else { throw ValidationError("--host is for one secret.") }
    }

    func run(_ context: CommandContext) async throws {
        let hosts = host.isEmpty ? nil : try SecretTarget.entries(of: host)
        let session = try await EditSession(globals, context)
        let keys = try await session.recipients(sealing)
        let secrets: [RepositorySurvey.Secret]
        if let secret {
            secrets = [try session.secret(secret)]
        } else {
            secrets = session.survey.secrets.filter { $0.boxes.map(\.key) != keys.map(\.id) }
            if let broken = session.survey.unreadableSecrets.first {
                throw CommandFailure.impossible("secrets/\(broken).yaml has errors", help: "see them: roster check")
            }
        }
        let ring = try session.identities(identities, for: secrets.flatMap { $0.boxes.map(\.key) })
        let changes = try reseal(secrets, to: keys, hosts: hosts, ring, session)
        try await session.apply(changes, force: forcing.force)
        try session.warnOfUnlockedMemory()
        try session.printLine(
            secrets.count == 1 ? "resealed \(secrets[0].fullName)" : "resealed \(secrets.count) secrets"
        )
        for key in keys { try session.printMasked("  to \(key.id) (\(key.name))") }
    }

    private func reseal(
        _ secrets: [RepositorySurvey.Secret],
        to keys: [RepositorySurvey.SealingKey],
        hosts: [String]?,
        _ ring: borrowing IdentityRing,
        _ session: EditSession
    ) throws -> [FileChange] {
        let publicKeys = try session.publicKeys(keys)
        var opener: SecretOpener
        do { opener = try SecretOpener() } catch { throw CommandFailure(SecretOpener.Failure.noMemory, "") }
        let progress = ProgressLine(verb: "resealing", isQuiet: globals.quiet, session.context)
        defer { progress.clear() }
        var changes: [FileChange] = []
        changes.reserveCapacity(secrets.count)
        for (number, secret) in secrets.enumerated() {
            var claims = EditSession.claims(of: secret)
            let sealed: SecretSealer.Sealed
            do {
                let opened = try opener.open(
                    claims,
                    fingerprint: secret.fingerprint,
                    boxes: EditSession.boxes(of: secret),
                    with: ring
                )
                if let hosts {
                    claims.allowedHosts = hosts
                    claims.generation += 1
                }
                sealed = try SecretSealer.reseal(opened, claims, to: publicKeys)
            } catch let failure as SecretOpener.Failure {
                throw CommandFailure(failure, secret, &opener, ring)
            } catch {
                throw CommandFailure(SecretOpener.Failure.noMemory, secret.fullName)
            }
            let contents = SecretDocument.Contents(
                name: secret.name,
                allowedHosts: claims.allowedHosts,
                generation: Int64(claims.generation),
                fingerprint: sealed.fingerprint,
                rotateBy: nil,
                boxes: sealed.boxes.map { SecretDocument.Box(key: $0.key, box: $0.base64) }
            )
            let bytes = try session.read(secret.path)
            let new = try SecretDocument.edited(bytes, to: contents, path: secret.path)
            changes.append(.replace(path: secret.path, old: bytes, new: new))
            if number.isMultiple(of: 64) { progress.show(number, of: secrets.count) }
        }
        return changes
    }
}
