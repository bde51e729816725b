import RosterBytes

/// A name without what people write differently: letter case, blanks and the separators `-`, `_` and `.`.
package struct LooseName {
    private let letters: [UInt8]

    /// Takes a name's significant characters.
    package init(_ text: some StringProtocol) { self.init(utf8: text.utf8) }

    /// Takes the significant characters of a name as UTF-8.
    package init(utf8 bytes: some Sequence<UInt8>) {
        letters = bytes.compactMap { byte in
            byte <= 0x20 || "-_.".utf8.contains(byte) ? nil : byte.asciiLowercased
        }
    }

    /// Returns whether the name is an entry of a table, which has no separators and is in lower case.
    package func matches(_ entry: StaticString) -> Bool {
        unsafe letters.withUnsafeBufferPointer { unsafe entry.equals($0) }
    }

    /// Returns whether two names differ only in letter case, blanks and separators.
    package func isAlike(_ other: some StringProtocol) -> Bool { letters == LooseName(other).letters }
}
