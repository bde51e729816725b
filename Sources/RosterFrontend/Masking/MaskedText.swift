/// A file's text with its keys hidden, for showing.
package struct MaskedText {
    private let bytes: [UInt8]
    private let mask: KeyMask

    /// Finds the parts of a file that must not be shown.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        mask = KeyMask(bytes)
    }

    /// Finds the parts of a text that must not be shown, except whole occurrences of some names, such as hosts and
    /// handles.
    package init(_ text: String, showing names: some Sequence<String>) {
        bytes = Array(text.utf8)
        mask = KeyMask(bytes, showing: names)
    }

    /// Returns a handle that no record has as it may be shown: hidden when it is more likely a key.
    package static func handle(_ text: String) -> String { KeyMask.isLikeAKey(text) ? KeyMask.mark : text }

    /// A Boolean value that indicates whether nothing is hidden.
    package var isWhole: Bool { mask.spans.isEmpty }

    /// The whole text as it may be shown.
    package var text: String { text(0..<bytes.count) }

    /// A range of the file as it may be shown.
    package func text(_ range: Range<Int>) -> String { mask.text(of: bytes, range).text }
}
