import RosterCompiler
import RosterFrontend

/// Formats changes of files as a patch that `git apply` accepts on a clean checkout.
package struct UnifiedDiff {
    private let pathPrefix: String
    private let isMasked: Bool

    /// Creates a formatter.
    ///
    /// - Parameters:
    ///   - pathPrefix: the path from git's top level to the repository, with a trailing `/`.
    ///   - isMasked: whether keys are hidden, for display.
    package init(pathPrefix: String, isMasked: Bool = false) {
        self.pathPrefix = pathPrefix
        self.isMasked = isMasked
    }

    /// Returns the patch of changes, in their order.
    package func patch(_ changes: [FileChange]) -> [UInt8] {
        // A move has a git header, after which git accepts no change without one.
        let hasMove = changes.contains { if case .move = $0 { true } else { false } }
        return changes.flatMap { patch($0, header: hasMove) }
    }

    private static let contextLines = 3

    private func patch(_ change: FileChange, header hasHeader: Bool) -> [UInt8] {
        let path = pathPrefix + change.path
        let (from, to) = (GitPath.header("a/" + path), GitPath.header("b/" + path))
        func header(_ target: String, _ words: String) -> [UInt8] {
            hasHeader
                ? Array("diff --git \(GitPath.quoted("a/" + path)) \(GitPath.quoted("b/" + target))\n\(words)".utf8)
                : []
        }
        switch change {
        case .create(_, let bytes):
            return header(path, "new file mode 100644\n") + file("/dev/null", to, [], bytes)
        case .delete(_, let old):
            return header(path, "deleted file mode 100644\n") + file(from, "/dev/null", old, [])
        case .replace(_, let old, let new):
            return old == new ? [] : header(path, "") + file(from, to, old, new)
        case .move(_, let to, let old, let new):
            let target = pathPrefix + to
            let words = """
                similarity index \(old == new ? 100 : 90)%
                rename from \(GitPath.quoted(path))
                rename to \(GitPath.quoted(target))

                """
            return header(target, words) + (old == new ? [] : file(from, GitPath.header("b/" + target), old, new))
        }
    }

    private func file(_ from: String, _ to: String, _ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
        let (olds, news) = (Self.lines(old), Self.lines(new))
        let changes = LineDifference(olds, news).changes
        guard !changes.isEmpty else { return [] }
        let (oldText, newText) = (Text(old, isMasked), Text(new, isMasked))
        var result = Array("--- \(from)\n+++ \(to)\n".utf8)
        var group: [LineDifference.Change] = []
        for change in changes {
            if let last = group.last, change.old.lowerBound - last.old.upperBound > 2 * Self.contextLines {
                result += hunk(group, olds, news, oldText, newText)
                group = []
            }
            group.append(change)
        }
        return result + hunk(group, olds, news, oldText, newText)
    }

    private func hunk(
        _ changes: [LineDifference.Change],
        _ olds: [ArraySlice<UInt8>],
        _ news: [ArraySlice<UInt8>],
        _ oldText: Text,
        _ newText: Text
    ) -> [UInt8] {
        guard let first = changes.first, let last = changes.last else { return [] }
        let lead = min(Self.contextLines, first.old.lowerBound)
        let trail = min(Self.contextLines, olds.count - last.old.upperBound)
        let oldRange = first.old.lowerBound - lead..<last.old.upperBound + trail
        let newRange = first.new.lowerBound - lead..<last.new.upperBound + trail
        var result = Array("@@ -\(Self.range(oldRange)) +\(Self.range(newRange)) @@\n".utf8)
        var position = oldRange.lowerBound
        for change in changes {
            for line in position..<change.old.lowerBound { result += oldText.line(" ", olds[line]) }
            for line in change.old { result += oldText.line("-", olds[line]) }
            for line in change.new { result += newText.line("+", news[line]) }
            position = change.old.upperBound
        }
        for line in position..<oldRange.upperBound { result += oldText.line(" ", olds[line]) }
        return result
    }

    private static func range(_ lines: Range<Int>) -> String {
        lines.isEmpty
            ? "\(lines.lowerBound),0"
            : lines.count == 1 ? "\(lines.lowerBound + 1)" : "\(lines.lowerBound + 1),\(lines.count)"
    }

    /// Returns lines with their line ends.
    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
            lines.append(bytes[start..<end])
            start = end
        }
        return lines
    }

    /// One side's lines, unchanged or with keys hidden.
    private struct Text {
        private let masked: MaskedText?

        init(_ bytes: [UInt8], _ isMasked: Bool) { masked = isMasked ? MaskedText(bytes) : nil }

        func line(_ sign: Character, _ line: ArraySlice<UInt8>) -> [UInt8] {
            var result = Array(String(sign).utf8)
            let hasEnd = line.last == UInt8(ascii: "\n")
            if let masked {
                var end = hasEnd ? line.endIndex - 1 : line.endIndex
                if end > line.startIndex, line[end - 1] == UInt8(ascii: "\r") { end -= 1 }
                result += Array(masked.text(line.startIndex..<end).utf8) + line[end...]
            } else {
                result += line
            }
            if !hasEnd { result += Array("\n\\ No newline at end of file\n".utf8) }
            return result
        }
    }
}
