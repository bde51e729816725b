import RosterBytes
import RosterModel
import YAMLSyntax

extension KeyMask {
    /// The spans of text that has the shape of a key, hosts aside.
    static func shapes(in bytes: [UInt8]) -> [ByteSpan] {
        let matches = unsafe bytes.withUnsafeBufferPointer { unsafe KeyShapeScanner.matches(in: $0) }
        return matches.filter { !isPartOfHost($0, in: bytes) }.map { ByteSpan($0.range) }
    }

    /// Returns whether a shape is only a part of a host name: a reviewer must see where a key would go.
    ///
    /// A key alone is not taken for a host name, even if it is spelled like one, nor is a key with a capital letter.
    private static func isPartOfHost(_ match: KeyShapeScanner.Match, in bytes: [UInt8]) -> Bool {
        guard match.shape != .urlPassword, match.shape != .bearerToken, match.range.count < 253 else { return false }
        func isInHost(_ byte: UInt8) -> Bool {
            byte.isASCIIDigit || byte.isASCIILetter && byte == byte.asciiLowercased || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
        guard bytes[match.range].allSatisfy(isInHost) else { return false }
        var (start, end) = (match.range.lowerBound, match.range.upperBound)
        while start > 0, match.range.lowerBound - start < 253, isInHost(bytes[start - 1]) { start -= 1 }
        while end < bytes.count, end - match.range.upperBound < 253, isInHost(bytes[end]) { end += 1 }
        // A full stop ends a sentence.
        while end > match.range.upperBound, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        // A top-level domain follows: a full stop alone may precede a key, as in `key.sk-lf-…`.
        let domain = bytes[match.range.upperBound..<end].split(separator: UInt8(ascii: ".")).last ?? []
        guard domain.count >= 2, domain.allSatisfy(\.isASCIILetter) else { return false }
        guard let host = try? Host(parsing: String(decoding: bytes[start..<end], as: UTF8.self)[...]) else {
            return false
        }
        guard case .name = host else { return false }
        return true
    }

    /// The spans of a file's tree: the hosts of `allowedHosts` and of `baseUrl`, which are shown, and the values of
    /// `config` and of the root that are keys by their names.
    static func spans(ofTreeIn bytes: [UInt8]) -> (hosts: [ByteSpan], keys: [ByteSpan]) {
        guard isRootUnusual(bytes) || markers.contains(where: { $0.isIn(bytes) }) else { return ([], []) }
        var reader = YAMLReader()
        reader.read(bytes)
        guard reader.tree.isComplete, let root = reader.tree.root, reader.tree[root].kind == .mapping else {
            return ([], [])
        }
        return spans(of: root, in: reader.tree)
    }

    /// Returns whether a file's keys do not start their lines, so that lines alone do not show which are the root's.
    private static func isRootUnusual(_ bytes: [UInt8]) -> Bool {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 64)
        let first = lines.first { line in
            !line.starts(with: "#".utf8) && !line.starts(with: "---".utf8) && line != [0x0D]
        }
        return first?.first == UInt8(ascii: "{") || first?.first == UInt8(ascii: " ")
    }

    private static let markers = [
        ByteMarker("allowedHosts", rare: "H"), ByteMarker("baseUrl", rare: "U"), ByteMarker("config", rare: "f"),
    ]

    private static func spans(
        of root: YAMLNodeIndex,
        in tree: borrowing YAMLTree
    ) -> (hosts: [ByteSpan], keys: [ByteSpan]) {
        var hosts: [ByteSpan] = []
        if let list = tree.value(of: "allowedHosts", in: root), tree[list].kind == .sequence {
            tree.forEachElement(of: list) { node in
                guard tree[node].isScalar else { return }
                let text = tree.text(of: node)
                if (try? AllowedHost(text)) != nil { hosts += [host(of: node, text, in: tree)].compactMap(\.self) }
            }
        }
        if let node = tree.value(of: "baseUrl", in: root), tree[node].isScalar {
            let text = tree.text(of: node)
            if (try? BaseURL(text)) != nil { hosts += [host(of: node, text, in: tree)].compactMap(\.self) }
        }
        var keys = tree.value(of: "config", in: root).map { ConfigKeys.find(in: $0, of: tree).flatMap(\.values) } ?? []
        tree.forEachEntry(of: root) { key, value in
            guard tree[key].isScalar, FieldSynonyms.isValueName(utf8: tree.text(of: key).utf8) else { return }
            keys.append(tree[value].span)
        }
        return (hosts, keys)
    }

    /// The span of the host and port at the start of a scalar that is written as it is; of one with escapes, the whole
    /// of it when it has no path.
    private static func host(of node: YAMLNodeIndex, _ text: String, in tree: borrowing YAMLTree) -> ByteSpan? {
        let length = DestinationText.authority(of: text).utf8.count
        guard let span = tree.verbatimSpan(of: node) else {
            return length == text.utf8.count ? tree[node].span : nil
        }
        return ByteSpan(Int(span.start)..<Int(span.start) + length)
    }

    /// The spans of whole names in a text.
    static func occurrences(of names: some Sequence<String>, in bytes: [UInt8]) -> [ByteSpan] {
        var spans: [ByteSpan] = []
        for name in names where !name.isEmpty {
            let name = Array(name.utf8)
            guard bytes.count >= name.count else { continue }
            for start in 0...bytes.count - name.count where bytes[start...].starts(with: name) {
                let end = start + name.count
                let isWhole =
                    (start == 0 || !bytes[start - 1].isASCIILetterOrDigit && bytes[start - 1] != UInt8(ascii: "-"))
                    && (end == bytes.count || !bytes[end].isASCIILetterOrDigit && bytes[end] != UInt8(ascii: "-"))
                if isWhole { spans.append(ByteSpan(start..<end)) }
            }
        }
        return merged(spans)
    }

    /// Returns spans in order, without overlaps.
    static func merged(_ spans: [ByteSpan]) -> [ByteSpan] {
        spans.sorted { $0.start < $1.start }.reduce(into: []) { merged, span in
            if let last = merged.last, span.start <= last.end {
                merged[merged.count - 1].end = max(last.end, span.end)
            } else {
                merged.append(span)
            }
        }
    }

    /// Returns spans without the bytes of others; both are in order and do not overlap.
    static func subtract(_ others: [ByteSpan], from spans: [ByteSpan]) -> [ByteSpan] {
        guard !others.isEmpty else { return spans }
        let others = merged(others)
        var result: [ByteSpan] = []
        var next = 0
        for span in spans {
            var start = span.start
            while next < others.count, others[next].end <= start { next += 1 }
            var index = next
            while index < others.count, others[index].start < span.end {
                if others[index].start > start { result.append(ByteSpan(start: start, end: others[index].start)) }
                start = max(start, others[index].end)
                index += 1
            }
            if start < span.end { result.append(ByteSpan(start: start, end: span.end)) }
        }
        return result
    }
}

/// The text of an `allowedHosts` entry or a `baseUrl`.
package enum DestinationText {
    /// The scheme, host and port at its start; the rest is a path.
    package static func authority(of text: String) -> Substring {
        let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        return text[..<(text[start...].firstIndex(of: "/") ?? text.endIndex)]
    }

    /// Returns whether the text is a destination that a key can be sent to.
    package static func isValid(_ text: String) -> Bool {
        (try? AllowedHost(text)) != nil || (try? BaseURL(text)) != nil
    }
}
