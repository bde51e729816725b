package import RosterPublication

/// The file with the trusted public keys, which may be replaced at any time.
package struct TrustFile: Sendable {
    /// The reason why the file cannot be used, in a sentence without a full stop.
    package struct Problem: Error, Hashable, Sendable {
        package let message: String
    }

    /// The keys of a file, and its bytes, by which a change is noticed.
    package struct Contents: Sendable {
        package let keys: TrustedKeys
        let bytes: [UInt8]
    }

    /// The absolute path.
    package let path: String
    /// The path as messages name it.
    package let shown: String

    package init(path: String, shownAs shown: String) { (self.path, self.shown) = (path, shown) }

    /// Reads the keys.
    package func read() throws(Problem) -> Contents {
        let bytes = try bytes()
        do { return Contents(keys: try TrustedKeys(pem: bytes), bytes: bytes) } catch {
            throw Problem(message: "the trusted keys of \(shown) cannot be used: \(error)")
        }
    }

    /// Reads the keys; nil when the file has the same bytes as before.
    func read(after bytes: [UInt8]) throws(Problem) -> Contents? {
        try self.bytes() == bytes ? nil : try read()
    }

    private func bytes() throws(Problem) -> [UInt8] {
        do { return try ReadFile(path).whole(limit: TrustedKeys.textLimit) } catch {
            throw Problem(message: "the trusted keys of \(shown) cannot be read: \(error.reason)")
        }
    }
}
