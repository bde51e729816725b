package import RosterModel
package import SealedBoxes
package import RosterSemantics
import RosterFrontend

/// A value that was examined and sealed, for a file that is not written yet.
package struct NewSealedValue: Sendable {
    /// The contents of the secret's file.
    package let contents: SecretDocument.Contents
    /// The keys that it is sealed to.
    package let keys: [PartialRegistry.SealingKey]

    /// Returns the report of the sealing, line by line.
    package func lines(_ location: SecretLocation) -> [String] {
        let hosts = contents.allowedHosts.joined(separator: ", ")
        return ["sealed \(location.fullName), generation \(contents.generation), for \(hosts)"]
            + keys.map { "  to \($0.id) (\(ShownText.mask($0.name)))" }
    }
}

/// The failure to open or seal a secret.
package struct SealingFailure: Error, Sendable {
    /// The full name of the secret; empty when none is affected in particular.
    package var secret: String
    /// The reason.
    package var reason: SecretOpener.Failure
    /// The file whose fields may differ from the sealed claims; nil for another reason.
    package var file: PartialRegistry.Outline.Secret?
    /// The claims and the fingerprint in the box of ``file``.
    package var sealed: (claims: SecretClaims, fingerprint: String)?

    /// Creates a failure.
    package init(_ reason: SecretOpener.Failure, _ secret: String) { (self.reason, self.secret) = (reason, secret) }

    /// Describes the failure to open a secret, with the claims that its box has.
    package init(
        _ reason: SecretOpener.Failure,
        _ secret: PartialRegistry.Outline.Secret,
        _ opener: inout SecretOpener,
        _ ring: borrowing IdentityRing
    ) {
        self.init(reason, secret.fullName)
        guard reason == .doesNotOpen else { return }
        sealed = opener.sealedClaims(of: secret.sealedBoxes, with: ring)
        file = secret
    }
}

extension Editor {
    /// Seals a value.
    ///
    /// - Parameters:
    ///   - value: the value, which was examined.
    ///   - location: the secret.
    ///   - target: the hosts that the value may be sent to.
    ///   - keys: the keys that it is sealed to.
    ///   - label: the secret's name for people; nil to keep it.
    ///   - rotateBy: the day by which the value is to be changed; nil to keep it.
    /// - Returns: the value as it is written to the secret's file.
    /// - Throws: ``EditFailure`` and ``SealingFailure``.
    package func seal(
        _ value: borrowing SecretValue,
        at location: SecretLocation,
        for target: SecretTarget,
        to keys: [PartialRegistry.SealingKey],
        label: String?,
        rotateBy: String?
    ) throws -> NewSealedValue {
        let old = location.existing
        let generation = (old?.generation ?? 0) + 1
        let claims = SecretClaims(
            secretID: location.id,
            projectID: location.projectID,
            generation: UInt64(clamping: generation),
            allowedHosts: target.hosts.map(\.text)
        )
        let sealed: SecretSealer.Sealed
        do {
            sealed = try SecretSealer.seal(value, claims, to: try publicKeys(keys))
        } catch is SecretSealer.Failure {
            throw SealingFailure(.noMemory, location.fullName)
        }
        let contents = SecretDocument.Contents(
            name: label ?? old?.name ?? location.handle,
            allowedHosts: target.hosts.map(\.text),
            generation: generation,
            fingerprint: sealed.fingerprint,
            rotateBy: rotateBy ?? old?.rotateBy?.description,
            boxes: sealed.boxes.map { SecretDocument.Box(key: $0.key, box: $0.base64) }
        )
        return NewSealedValue(contents: contents, keys: keys)
    }

    /// Returns the edit that writes a sealed value.
    package func change(to sealed: NewSealedValue, at location: SecretLocation) throws(EditFailure) -> FileChange {
        guard let old = location.existing else {
            return .create(path: location.path, bytes: SecretDocument.make(id: location.id, sealed.contents))
        }
        return try change(of: old.path, to: sealed.contents)
    }

    /// Returns the edits that seal the values of secrets again.
    ///
    /// - Parameters:
    ///   - secrets: the secrets.
    ///   - keys: the keys that they are sealed to.
    ///   - hosts: the new hosts, with which the generation increases; nil to keep them.
    ///   - ring: the identities that open the secrets.
    ///   - progress: called with the number of secrets that are sealed, and of all of them.
    /// - Returns: the edits of the secrets' files.
    /// - Throws: ``EditFailure`` and ``SealingFailure``.
    package func resealing(
        _ secrets: [PartialRegistry.Outline.Secret],
        to keys: [PartialRegistry.SealingKey],
        hosts: [AllowedHost]?,
        with ring: borrowing IdentityRing,
        progress: (_ done: Int, _ count: Int) -> Void
    ) throws -> [FileChange] {
        let publicKeys = try publicKeys(keys)
        var opener = try SecretOpener.make()
        var changes: [FileChange] = []
        changes.reserveCapacity(secrets.count)
        for (number, secret) in secrets.enumerated() {
            let contents = try Self.resealed(secret, to: publicKeys, hosts: hosts, &opener, ring)
            changes.append(try change(of: secret.path, to: contents))
            if number.isMultiple(of: 64) { progress(number, secrets.count) }
        }
        return changes
    }

    private static func resealed(
        _ secret: PartialRegistry.Outline.Secret,
        to keys: [SealingPublicKey],
        hosts: [AllowedHost]?,
        _ opener: inout SecretOpener,
        _ ring: borrowing IdentityRing
    ) throws(SealingFailure) -> SecretDocument.Contents {
        var claims = secret.claims
        let sealed: SecretSealer.Sealed
        do {
            let opened = try opener.open(
                claims,
                fingerprint: secret.fingerprint.description,
                boxes: secret.sealedBoxes,
                with: ring
            )
            if let hosts {
                claims.allowedHosts = hosts.map(\.text)
                claims.generation += 1
            }
            sealed = try SecretSealer.reseal(opened, claims, to: keys)
        } catch let failure as SecretOpener.Failure {
            throw SealingFailure(failure, secret, &opener, ring)
        } catch {
            throw SealingFailure(.noMemory, secret.fullName)
        }
        return SecretDocument.Contents(
            name: secret.name,
            allowedHosts: claims.allowedHosts,
            generation: Int64(claims.generation),
            fingerprint: sealed.fingerprint,
            rotateBy: nil,
            boxes: sealed.boxes.map { SecretDocument.Box(key: $0.key, box: $0.base64) }
        )
    }

    private func change(of path: String, to contents: SecretDocument.Contents) throws(EditFailure) -> FileChange {
        let old = try read(path)
        guard let new = try? SecretDocument.edit(old, to: contents) else {
            throw EditFailure(.unreadable, "\(path) cannot be edited", help: "see what is wrong: roster check")
        }
        return .replace(path: path, old: old, new: new)
    }
}
