import CLibSodium

/// Seals values to the public keys of a repository.
package enum SecretSealer {
    /// A value sealed to every key, with its fingerprint.
    package struct Sealed: Hashable, Sendable {
        /// 32 lower-case hex digits.
        package var fingerprint: String
        /// In the order of the keys.
        package var boxes: [SealedBox]
    }

    /// The error when libsodium cannot be initialized or memory for secrets is unavailable.
    package struct Failure: Error, Hashable, Sendable {}

    /// Seals a new value, with a new salt.
    package static func seal(
        _ value: borrowing SecretValue,
        _ claims: SecretClaims,
        to keys: [SealingPublicKey]
    ) throws(Failure) -> Sealed {
        do {
            var salt = try SecretBytes(zeroes: SecretPayload.saltLength)
            salt.fillRandomly()
            return try seal(value, salt: salt, claims, to: keys)
        } catch let error as Failure { throw error } catch { throw Failure() }
    }

    /// Seals an opened value again with the same salt, so that its fingerprint stays the same.
    package static func reseal(
        _ opened: borrowing OpenedSecret,
        _ claims: SecretClaims,
        to keys: [SealingPublicKey]
    ) throws(Failure) -> Sealed {
        try seal(opened.value, salt: opened.salt, claims, to: keys)
    }

    private static func seal(
        _ value: borrowing SecretValue,
        salt: borrowing SecretBytes,
        _ claims: SecretClaims,
        to keys: [SealingPublicKey]
    ) throws(Failure) -> Sealed {
        let payload: SecretBytes
        let fingerprint: String
        do {
            payload = try unsafe value.withBytes { (value) throws(SecretBytes.Unavailable) in
                try unsafe salt.withBytes { (salt) throws(SecretBytes.Unavailable) in
                    try unsafe SecretPayload.encode(claims, salt: salt, value: value)
                }
            }
        } catch { throw Failure() }
        fingerprint = unsafe value.withBytes { value in
            unsafe salt.withBytes { salt in unsafe SecretFingerprint.of(value, salt: salt) }
        }
        var boxes: [SealedBox] = []
        for key in keys {
            guard let box = SealedBox.seal(payload, to: key) else { throw Failure() }
            boxes.append(box)
        }
        return Sealed(fingerprint: fingerprint, boxes: boxes)
    }
}
