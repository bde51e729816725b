import RosterBytes

/// A search for text in providers, without regard to the case of ASCII letters: `q=TEXT`.
package struct TextSearch: Sendable, Hashable {
    /// The text as it was sent.
    package let text: String
    private let folded: [UInt8]

    /// The maximum number of Unicode scalars of the text, which is that of the longest names.
    package static let maximumLength = 200

    /// Creates a search for text that is not empty.
    package init(_ text: String) {
        self.text = text
        folded = text.utf8.map(\.asciiLowercased)
    }

    /// Returns a Boolean value that indicates whether the handle, name, slug or model of a provider contains the text.
    ///
    /// - Parameters:
    ///   - provider: the provider.
    ///   - project: the handle of its project, the first part of the full handle.
    /// - Returns: true when one of them contains it.
    package func matches(_ provider: Provider, project: Handle?) -> Bool {
        if isPart(of: provider.name) || isPart(of: provider.defaultModel) || isPart(of: provider.slug.rawValue) {
            return true
        }
        return isPart(of: (project.map { $0.text + "/" } ?? "") + provider.handle.text)
    }

    private func isPart(of text: String) -> Bool {
        unsafe text.utf8.span.withUnsafeBufferPointer { text in
            unsafe folded.withUnsafeBufferPointer { folded in
                guard let first = unsafe folded.first, text.count >= folded.count else { return false }
                for start in 0...(text.count - folded.count) where unsafe text[start].asciiLowercased == first {
                    var length = 1
                    while length < folded.count, unsafe text[start + length].asciiLowercased == folded[length] {
                        length += 1
                    }
                    if length == folded.count { return true }
                }
                return false
            }
        }
    }
}
