import CLibSodium

/// The initialization of libsodium.
package enum Sodium {
    /// A Boolean value that indicates whether libsodium is initialized.
    ///
    /// The first access initializes it, on any thread. Hashing works without it, only slower. Random bytes and guarded memory do not.
    package static let isReady = sodium_init() >= 0
}
