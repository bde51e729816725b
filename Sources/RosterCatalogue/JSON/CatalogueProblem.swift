/// A problem in a file of models, and its position.
package struct CatalogueProblem: Error, Hashable, Sendable {
    /// The message, such as `"retires" is not a date`.
    package var message: String
    /// The bytes of the file that it concerns.
    package var place: Range<Int>

    package init(_ message: String, at place: Range<Int>) { (self.message, self.place) = (message, place) }

    /// A problem of the whole file, without a position.
    package init(ofWholeFile message: String) { self.init(message, at: 0..<0) }

    /// A Boolean value that indicates whether the whole file is the problem.
    package var isOfWholeFile: Bool { place == 0..<0 }

    /// Returns the line and column of the position in a file, both from 1; columns count characters.
    package func position(in bytes: [UInt8]) -> (line: Int, column: Int) {
        let end = min(place.lowerBound, bytes.count)
        var (line, start) = (1, 0)
        for offset in 0..<end where bytes[offset] == UInt8(ascii: "\n") { (line, start) = (line + 1, offset + 1) }
        // A byte that continues a character of UTF-8 is in the same column.
        let column = bytes[start..<end].count { $0 & 0xC0 != 0x80 } + 1
        return (line, column)
    }
}
