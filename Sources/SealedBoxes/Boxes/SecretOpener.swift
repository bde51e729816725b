import CLibSodium

/// Opens boxes, and compares everything that they say with the file around them.
///
/// The opened payload lies in one piece of secret memory that is used again for the next box, and zeroed between.
package struct SecretOpener: ~Copyable {
    private var scratch: SecretBytes

    /// Why a secret did not open.
    package enum Failure: Error, Hashable, Sendable {
        /// None of the identities is for one of its boxes; the ids of the keys that are.
        case noIdentity(keys: [String])
        /// Whatever is wrong with the box or what it says: an attacker learns nothing of which.
        case doesNotOpen
        case noMemory
    }

    /// Sets the memory aside.
    package init() throws(SecretBytes.Unavailable) { scratch = try SecretBytes(zeroes: 32 * 1024) }

    /// Opens a secret and compares everything, handing nothing out.
    package mutating func verify(
        _ claims: SecretClaims,
        fingerprint: String,
        boxes: [SealedBox],
        with identities: borrowing IdentityRing
    ) throws(Failure) {
        try unsafe open(claims, fingerprint: fingerprint, boxes: boxes, with: identities) { _, _ in }
    }

    /// Opens a secret, compares everything, and hands out the value together with its allowed hosts.
    package mutating func open(
        _ claims: SecretClaims,
        fingerprint: String,
        boxes: [SealedBox],
        with identities: borrowing IdentityRing
    ) throws(Failure) -> OpenedSecret {
        try unsafe open(claims, fingerprint: fingerprint, boxes: boxes, with: identities) {
            (value, salt) throws(Failure) -> OpenedSecret in
            do {
                return OpenedSecret(
                    value: SecretValue(opened: try unsafe SecretBytes(copying: value)),
                    allowedHosts: claims.allowedHosts,
                    salt: try unsafe SecretBytes(copying: salt)
                )
            } catch { throw .noMemory }
        }
    }

    /// Returns the claims and the fingerprint that are sealed in a box, whatever its file says, so that a person can see
    /// which field of the file was changed; nil when the box does not open or holds anything but plain text.
    ///
    /// They are for messages only: a value is used when everything agrees (``open(_:fingerprint:boxes:with:)``).
    package mutating func sealedClaims(
        of boxes: [SealedBox],
        with identities: borrowing IdentityRing
    ) -> (claims: SecretClaims, fingerprint: String)? {
        try? unsafe withPayload(of: boxes, with: identities) { (contents, payload) throws(Failure) in
            guard let claims = unsafe contents.claims(in: payload) else { throw .doesNotOpen }
            let value = unsafe UnsafeRawBufferPointer(rebasing: payload[contents.value])
            let salt = unsafe UnsafeRawBufferPointer(rebasing: payload[contents.salt])
            return (claims, unsafe SecretFingerprint.of(value, salt: salt))
        }
    }

    private mutating func open<Result: ~Copyable>(
        _ claims: SecretClaims,
        fingerprint: String,
        boxes: [SealedBox],
        with identities: borrowing IdentityRing,
        _ body: (_ value: UnsafeRawBufferPointer, _ salt: UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe withPayload(of: boxes, with: identities) { (contents, payload) throws(Failure) -> Result in
            guard unsafe Self.agree(contents, payload, claims) else { throw .doesNotOpen }
            let value = unsafe UnsafeRawBufferPointer(rebasing: payload[contents.value])
            let salt = unsafe UnsafeRawBufferPointer(rebasing: payload[contents.salt])
            guard unsafe SecretFingerprint.of(value, salt: salt) == fingerprint else { throw .doesNotOpen }
            return try unsafe body(value, salt)
        }
    }

    /// Opens the box that an identity is for, and lends its payload.
    private mutating func withPayload<Result: ~Copyable>(
        of boxes: [SealedBox],
        with identities: borrowing IdentityRing,
        _ body: (_ contents: SecretPayload.Contents, _ payload: UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // By key id, never by trial; two boxes of one key leave open which of them counts.
        guard let box = boxes.first(where: { identities.contains($0.key) }) else {
            throw .noIdentity(keys: boxes.map(\.key))
        }
        guard boxes.count(where: { $0.key == box.key }) == 1, SealedBox.isPossible(byteCount: box.bytes.count),
            // libsodium ignores this bit, and so would open two boxes that differ.
            box.bytes[31] & 0x80 == 0
        else { throw .doesNotOpen }
        let length = box.bytes.count - SealedBox.overhead
        if length > scratch.count {
            do { scratch = try SecretBytes(zeroes: length) } catch { throw .noMemory }
        }
        return try unsafe scratch.withMutableBytes { (buffer) throws(Failure) -> Result in
            defer { unsafe sodium_memzero(buffer.baseAddress, length) }
            guard unsafe identities.open(box, into: buffer) else { throw .doesNotOpen }
            let payload = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<length])
            guard let contents = unsafe SecretPayload.parse(payload) else { throw .doesNotOpen }
            return try unsafe body(contents, payload)
        }
    }

    /// Returns whether the box says what the file says; hosts must be in strictly ascending order.
    private static func agree(
        _ contents: SecretPayload.Contents,
        _ payload: UnsafeRawBufferPointer,
        _ claims: SecretClaims
    ) -> Bool {
        let hosts = claims.orderedHosts
        guard contents.generation == claims.generation, contents.hosts.count == hosts.count,
            unsafe payload[contents.secretID].elementsEqual(claims.secretID.utf8),
            unsafe payload[contents.projectID].elementsEqual(claims.projectID.utf8)
        else { return false }
        for index in hosts.indices {
            guard unsafe payload[contents.hosts[index]].elementsEqual(hosts[index]) else { return false }
            if index > 0, !hosts[index - 1].lexicographicallyPrecedes(hosts[index]) { return false }
        }
        return true
    }
}
