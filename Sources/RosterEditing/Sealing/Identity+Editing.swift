package import SealedBoxes

extension Identity {
    /// Creates an identity with a random key.
    ///
    /// - Throws: ``SealingFailure`` when there is no memory.
    package static func make() throws(SealingFailure) -> Identity {
        do { return try generate() } catch { throw SealingFailure(.noMemory, "the key") }
    }
}
