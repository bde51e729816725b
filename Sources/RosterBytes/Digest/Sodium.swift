import CLibSodium

/// libsodium's start-up.
package enum Sodium {
    /// Whether libsodium could be started; the first to ask starts it, from whatever thread.
    ///
    /// Hashing works without it, only slower. Random bytes and guarded memory do not.
    package static let isReady = sodium_init() >= 0
}
