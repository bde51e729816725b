/// A file's text with its keys hidden, for showing.
package struct MaskedText {
    private let bytes: [UInt8]
    private let mask: KeyMask

    /// Finds what of a file must not be shown.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        mask = KeyMask(bytes)
    }

    /// A range of the file as it may be shown.
    package func text(_ range: Range<Int>) -> String { mask.text(of: bytes, range).text }
}
