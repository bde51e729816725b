extension [UInt8] {
    /// Returns the offset of the first byte at or after `start` that is not white space of JSON.
    @inlinable public func endOfJSONBlanks(from start: Int) -> Int {
        var end = start
        while end < count {
            switch self[end] {
            case 0x20, 0x09, 0x0A, 0x0D: end += 1
            default: return end
            }
        }
        return end
    }

    /// Moves an offset past white space of JSON and a character; returns false, past the white space, at any other byte.
    @inlinable public func takeJSON(_ character: Unicode.Scalar, at position: inout Int) -> Bool {
        position = endOfJSONBlanks(from: position)
        guard position < count, self[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }
}
