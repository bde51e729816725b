import RosterBytes

/// A name without letter case, blanks and the separators `-`, `_` and `.`, which people write differently.
package struct LooseName {
    private let letters: [UInt8]

    /// Creates a name from the significant characters of a text.
    package init(_ text: some StringProtocol) { self.init(utf8: text.utf8) }

    /// Creates a name from the significant characters of UTF-8.
    package init(utf8 bytes: some Sequence<UInt8>) {
        letters = bytes.compactMap { byte in
            byte <= 0x20 || "-_.".utf8.contains(byte) ? nil : byte.asciiLowercased
        }
    }

    /// Returns a Boolean value that indicates whether the name equals an entry in lower case without separators.
    package func matches(_ entry: StaticString) -> Bool {
        unsafe letters.withUnsafeBufferPointer { unsafe entry.equals($0) }
    }

    /// Returns a Boolean value that indicates whether two names differ only in letter case, blanks and separators.
    package func isSimilar(to other: some StringProtocol) -> Bool { letters == LooseName(other).letters }
}
