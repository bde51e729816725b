extension StringProtocol {
    /// Returns a Boolean value that indicates whether the bytes of `other` occur in the text.
    ///
    /// Compares UTF-8, not characters, as the readers of files do. Replaces the function of the same name in the library
    /// of regular expressions, which would add 1.3 MB to the program.
    package func contains(_ other: String) -> Bool { firstRange(of: other) != nil }

    /// Returns the first range of the text with the bytes of `other`, or nil if there is none.
    package func firstRange(of other: String) -> Range<Index>? {
        utf8.firstOccurrence(of: other.utf8, from: utf8.startIndex)
    }

    /// Returns the text with every occurrence of the bytes of `other` replaced, from the start and without overlaps.
    package func replacing(_ other: String, with replacement: String) -> String {
        guard !other.isEmpty else { return String(self) }
        var result = ""
        var start = startIndex
        while let range = utf8.firstOccurrence(of: other.utf8, from: start) {
            result += self[start..<range.lowerBound]
            result += replacement
            start = range.upperBound
        }
        return result + self[start...]
    }
}

extension Collection<UInt8> {
    /// Returns the first range from `start` with the elements of `bytes`, or nil if there is none.
    fileprivate func firstOccurrence(of bytes: some Collection<UInt8>, from start: Index) -> Range<Index>? {
        guard let first = bytes.first else { return start..<start }
        let following = bytes.dropFirst()
        var rest = self[start...]
        while let position = rest.firstIndex(of: first) {
            rest = rest[position...].dropFirst()
            var end = rest.startIndex
            if following.allSatisfy({ byte in
                guard end < endIndex, self[end] == byte else { return false }
                formIndex(after: &end)
                return true
            }) {
                return position..<end
            }
        }
        return nil
    }
}
