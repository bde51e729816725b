import RosterBytes
import RosterModel
package import YAMLSyntax

extension KeyMask {
    /// The values of lines such as `apiKey: …`, in block and flow mappings and in comments, with the lines below that
    /// belong to them.
    package static func namedValues(_ bytes: [UInt8]) -> [ByteSpan] {
        var spans: [ByteSpan] = []
        var lineStart = 0
        var hiddenBelow: (indent: Int, isList: Bool)?
        while lineStart < bytes.count {
            let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let line = lineStart..<lineEnd
            let indent = bytes[line].prefix { $0 == 0x20 || $0 == 0x09 }.count
            let isItem = indent < line.count && bytes[lineStart + indent] == UInt8(ascii: "-")
            if let below = hiddenBelow,
                indent > below.indent || indent == line.count || below.isList && isItem && indent == below.indent
            {
                spans.append(ByteSpan(lineStart + indent..<lineEnd))
            } else {
                hiddenBelow = nil
                if let value = namedValue(bytes, line) {
                    if !value.isEmpty { spans.append(ByteSpan(value)) }
                    // A list may start at the column of its key.
                    let isOpen = value.isEmpty || bytes[value.lowerBound] == UInt8(ascii: "#")
                    hiddenBelow = (indent, isList: isOpen)
                }
            }
            lineStart = lineEnd + 1
        }
        return spans
    }

    /// Returns what follows the first name of a key and its colon in a line, to the end of the line.
    private static func namedValue(_ bytes: [UInt8], _ line: Range<Int>) -> Range<Int>? {
        for colon in line where bytes[colon] == UInt8(ascii: ":") || bytes[colon] == UInt8(ascii: "=") {
            var end = colon
            while end > line.lowerBound, " \t\"'".utf8.contains(bytes[end - 1]) { end -= 1 }
            var start = end
            while start > line.lowerBound, isNameByte(bytes[start - 1]) { start -= 1 }
            let isNamed =
                KeyName.isKeyName(String(decoding: bytes[start..<end], as: UTF8.self))
                || isEscapedName(bytes[line.lowerBound..<colon])
                || isKey(bytes[colon + 1..<line.upperBound], under: bytes[line.lowerBound..<end])
                || isValueName(start..<end, at: line.lowerBound, in: bytes)
            guard isNamed else { continue }
            // `secret` in a provider names a file, and is not a key; `config` has no such name.
            if start == line.lowerBound, bytes[start..<end].elementsEqual("secret".utf8),
                isSecretName(bytes[(colon + 1)..<line.upperBound])
            {
                continue
            }
            var value = colon + 1
            while value < line.upperBound, bytes[value] == 0x20 || bytes[value] == 0x09 { value += 1 }
            let last = bytes[line.upperBound - 1] == 0x0D ? line.upperBound - 1 : line.upperBound
            return value..<max(value, last)
        }
        return nil
    }

    /// Returns whether what follows a colon is, or may begin, a key under a name that ends like a key's.
    private static func isKey(_ rest: ArraySlice<UInt8>, under name: ArraySlice<UInt8>) -> Bool {
        guard let ending = unsafe name.withUnsafeBufferPointer({ unsafe KeyName.ending(utf8: $0) }) else {
            return false
        }
        let context = KeyContext(ending)
        let text = rest.drop { $0 <= 0x20 }
        // A collection, a block or a comment: the value is on the lines below.
        guard let first = text.first, !"#|>[{&*!".utf8.contains(first) else { return true }
        func isKey(_ text: ArraySlice<UInt8>) -> Bool {
            unsafe text.withUnsafeBufferPointer { unsafe context.isKey(utf8: $0) }
        }
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            guard let close = text.dropFirst().firstIndex(of: first) else { return true }
            if isKey(text[(text.startIndex + 1)..<close]) { return true }
        }
        let word = text.prefix { $0 > 0x20 && !",}]".utf8.contains($0) }
        return isKey(word) || isKey(text)
    }

    /// Returns whether a name at the top of a file is one under which people write a key itself.
    private static func isValueName(_ name: Range<Int>, at lineStart: Int, in bytes: [UInt8]) -> Bool {
        bytes[lineStart..<name.lowerBound].allSatisfy { "{\"'".utf8.contains($0) }
            && FieldSynonyms.isValueName(utf8: bytes[name])
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// Returns whether the text before a colon ends with an escaped scalar in double quotes, which may spell any name.
    private static func isEscapedName(_ before: ArraySlice<UInt8>) -> Bool {
        let name = before[..<(before.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? before.startIndex)]
        guard name.last == UInt8(ascii: "\"") else { return false }
        let inside = name.dropLast()
        let opening = inside.lastIndex(of: UInt8(ascii: "\"")) ?? inside.startIndex
        return inside[opening...].contains(UInt8(ascii: "\\"))
    }

    /// Returns whether what follows a colon is the name of a secret in one form or another, and nothing else but a comment.
    private static func isSecretName(_ rest: ArraySlice<UInt8>) -> Bool {
        let line = String(decoding: rest, as: UTF8.self)
        let text = line[..<(line.firstRange(of: " #")?.lowerBound ?? line.endIndex)]
        var word = text.drop { $0 == " " || $0 == "\t" }
        while let last = word.last, last.isWhitespace { word.removeLast() }
        if let quote = word.first, quote == "\"" || quote == "'", word.count > 1, word.last == quote {
            word = word.dropFirst().dropLast()
        }
        return SecretReference(String(word)).isName
    }

    /// Returns whether a text could be a handle and is more likely a key: it has the form of one, or is long, in one piece,
    /// of letters and digits.
    package static func isLikeAKey(_ handle: String) -> Bool {
        let hasForm = KeyShapeScanner.matches(in: handle).contains { $0.range == 0..<handle.utf8.count }
        return hasForm
            || handle.utf8.count >= 20 && !handle.utf8.contains(UInt8(ascii: "-"))
                && handle.utf8.contains(where: \.isASCIIDigit) && handle.utf8.contains(where: \.isASCIILetter)
    }
}
