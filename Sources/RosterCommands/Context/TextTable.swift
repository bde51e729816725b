/// Rows of words in columns, for people.
enum TextTable {
    /// A line for each row; columns are as wide as their widest word, two blanks apart.
    static func lines(_ rows: [[String]]) -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, word) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], word.count)
            }
        }
        return rows.map { row in
            var line = row.enumerated()
                .map { $1 + String(repeating: " ", count: widths[$0] - $1.count) }
                .joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
