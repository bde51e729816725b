import CLibSodium

/// Opens boxes and compares their claims with those of the file.
///
/// The opened payload is in secret memory that is zeroed and reused for the next box.
package struct SecretOpener: ~Copyable {
    private var scratch: SecretBytes

    /// The reason why a secret did not open.
    package enum Failure: Error, Hashable, Sendable {
        /// No identity matches a box; the ids of the keys of its boxes.
        case noIdentity(keys: [String])
        /// The box or its claims are not valid. The cases are not distinguished, so that an attacker learns nothing.
        case doesNotOpen
        case noMemory
    }

    /// Allocates the memory.
    package init() throws(SecretBytes.Unavailable) { scratch = try SecretBytes(zeroes: 32 * 1024) }

    /// Opens a secret and compares its claims without returning the value.
    package mutating func verify(
        _ claims: SecretClaims,
        fingerprint: String,
        boxes: [SealedBox],
        with identities: borrowing IdentityRing
    ) throws(Failure) {
        try unsafe open(claims, fingerprint: fingerprint, boxes: boxes, with: identities) { _, _ in }
    }

    /// Opens a secret, compares its claims, and returns the value with its allowed hosts.
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

    /// Returns the claims and the fingerprint in a box, to show which field of the file was changed, or nil when the box
    /// does not open or contains other characters than visible ASCII.
    ///
    /// They are for messages only: a value is used only when all claims agree (``open(_:fingerprint:boxes:with:)``).
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

    /// Opens the box of an available identity and calls a closure with its payload.
    private mutating func withPayload<Result: ~Copyable>(
        of boxes: [SealedBox],
        with identities: borrowing IdentityRing,
        _ body: (_ contents: SecretPayload.Contents, _ payload: UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // Boxes are selected by key id, never by trial; two boxes of one key are ambiguous.
        guard let box = boxes.first(where: { identities.contains($0.key) }) else {
            throw .noIdentity(keys: boxes.map(\.key))
        }
        guard boxes.count(where: { $0.key == box.key }) == 1, SealedBox.isPossible(byteCount: box.bytes.count),
            // libsodium ignores this bit, and so opens two different boxes.
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

    /// Returns whether the box and the file have the same claims; hosts must be in strictly ascending order.
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
