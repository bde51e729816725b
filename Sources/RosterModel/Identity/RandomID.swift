/// Generates ids from the system's random source.
package enum RandomID {
    /// Returns a prefix and 16 characters of `A-Z a-z 0-9`, uniformly distributed.
    package static func make(prefix: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        var generator = SystemRandomNumberGenerator()
        return prefix + String((0..<16).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
    }
}
