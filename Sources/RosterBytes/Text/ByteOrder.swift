import Glibc

extension String {
    /// Returns a Boolean value that indicates whether two texts have the same bytes.
    ///
    /// Swift's `==` considers canonically equivalent texts equal (U+00E9, and `e` with U+0301); YAML, JSON and every
    /// provider distinguish them.
    package func equalsInBytes(_ other: String) -> Bool { self == other && utf8.elementsEqual(other.utf8) }

    /// Returns a Boolean value that indicates whether the bytes of the text precede those of another.
    ///
    /// Swift's own order considers canonically equivalent texts equal.
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
