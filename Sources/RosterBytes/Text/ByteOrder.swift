import Glibc

extension String {
    /// Whether the text's bytes are another's.
    ///
    /// Swift's `==` takes two spellings of a letter (U+00E9, and `e` with U+0301) for one; YAML, JSON and every provider
    /// tell them apart.
    package func equalsInBytes(_ other: String) -> Bool { self == other && utf8.elementsEqual(other.utf8) }

    /// Whether the text's bytes come before another's.
    ///
    /// Swift's own order is Unicode's, which takes two spellings of a letter for one.
    package func precedesInBytes(_ other: String) -> Bool {
        var (one, two) = (self, other)
        return one.withUTF8 { one in
            two.withUTF8 { two in
                guard let first = one.baseAddress, let second = two.baseAddress else { return one.count < two.count }
                let order = unsafe memcmp(first, second, min(one.count, two.count))
                return order == 0 ? one.count < two.count : order < 0
            }
        }
    }
}
