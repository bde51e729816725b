import ArgumentParser
import Glibc
import RosterCompiler
import RosterEditing
import RosterModel
import SealedBoxes

struct SecretSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Seal a value: a new secret, or a new value of one.",
        discussion: """
            The value is typed on the terminal, where it is not shown, or piped in; never an argument. No identity is \
            needed. On an existing secret the generation goes one up, and the hosts stay unless they are given.
            """
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: ArgumentHelp("<project>/<handle>", valueName: "secret"))
    var secret: String

    @Option(help: ArgumentHelp("Where the key may be sent; may be given several times.", valueName: "host"))
    var host: [String] = []

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "A provider, or a slug with an endpoint of its own, that gives the hosts.",
            valueName: "what"
        )
    )
    var purpose: String?

    @Option(help: "A label for people.")
    var name: String?

    @Option(help: ArgumentHelp("The day by which it is to be changed.", valueName: "date"))
    var rotateBy: CalendarDate?

    @OptionGroup var sealing: SealingOptions

    func run() async throws {
        ProcessHardening.apply()
        let session = try await EditSession(globals, .process)
        let place = try SecretPlace(secret, in: session)
        let target = try SecretTarget(hosts: host, purpose: purpose, place, in: session)
        let keys = try await session.recipients(sealing)
        let value = try SecretInputPrompt(context: session.context).read(for: place.fullName)
        if let remark = try target.examine(value, for: place.fullName) { try session.note(remark) }
        let old = place.existing
        let contents = try seal(value, place, target.hosts, old, to: keys, session)
        let change: FileChange
        if let old {
            let bytes = try session.read(old.path)
            change = .replace(
                path: old.path,
                old: bytes,
                new: try SecretDocument.edited(bytes, to: contents, path: old.path)
            )
        } else {
            change = .create(path: place.path, bytes: SecretDocument.make(id: place.id, contents))
        }
        // Who is to link it may come later, and what already links it may have been waiting for it.
        try await session.apply([change], force: sealing.force)
        try session.warnOfUnlockedMemory()
        try session.say(
            "sealed \(place.fullName), generation \(contents.generation), for \(target.hosts.joined(separator: ", "))"
        )
        for key in keys { try session.say("  to \(key.id) (\(key.name))") }
    }

    private func seal(
        _ value: borrowing SecretValue,
        _ place: SecretPlace,
        _ hosts: [String],
        _ old: RepositorySurvey.Secret?,
        to keys: [RepositorySurvey.SealingKey],
        _ session: EditSession
    ) throws -> SecretDocument.Contents {
        let generation = (old?.generation ?? 0) + 1
        let claims = SecretClaims(
            secretID: place.id,
            projectID: place.projectID,
            generation: UInt64(clamping: generation),
            allowedHosts: hosts
        )
        let sealed: SecretSealer.Sealed
        do {
            sealed = try SecretSealer.seal(value, claims, to: try session.publicKeys(keys))
        } catch is SecretSealer.Failure {
            throw CommandFailure(SecretOpener.Failure.noMemory, place.fullName)
        }
        return SecretDocument.Contents(
            name: name ?? old?.name ?? place.handle,
            allowedHosts: hosts,
            generation: generation,
            fingerprint: sealed.fingerprint,
            rotateBy: rotateBy?.description ?? old?.rotateBy?.description,
            boxes: sealed.boxes.map { SecretDocument.Box(key: $0.key, box: $0.base64) }
        )
    }
}

extension SecretDocument {
    /// The edited file, or what to do when it cannot be edited.
    static func edited(_ source: [UInt8], to contents: Contents, path: String) throws -> [UInt8] {
        do {
            return try edit(source, to: contents)
        } catch { throw CommandFailure.impossible("\(path) cannot be edited", help: "see what is wrong: roster check") }
    }
}
