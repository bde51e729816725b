import RosterModel
package import YAMLSyntax

/// The parts of a file that must not be shown: keys, and values under the name of a key.
///
/// They are found in the bytes, so that a file that is not YAML is masked as well, and in the tree where there is one.
/// Where in doubt the mask hides more rather than less. Hosts are never hidden (``hosts(in:)``).
package struct KeyMask {
    package static let mark = "[redacted]"

    /// The spans that are hidden, in order, without overlaps.
    package let spans: [ByteSpan]
    /// The spans of the hosts of destinations, which are shown.
    package let hosts: [ByteSpan]

    package init(_ bytes: [UInt8]) {
        let tree = Self.spans(ofTreeIn: bytes)
        var spans = PrivateKeyText.spans(in: bytes) + Self.shapes(in: bytes) + Self.escapedKeys(bytes)
        spans += Self.userInformation(bytes) + Self.namedValues(bytes) + tree.keys
        self.spans = Self.subtract(tree.hosts, from: Self.merged(spans))
        hosts = tree.hosts
    }

    /// Hides the keys of a text that is not a file, except some names.
    package init(_ bytes: [UInt8], showing names: some Sequence<String>) {
        let mask = KeyMask(bytes)
        spans = mask.spans.isEmpty ? [] : Self.subtract(Self.occurrences(of: names, in: bytes), from: mask.spans)
        hosts = []
    }

    /// Hides the parts of a text that have the shape of a key, except some names.
    package static func mask(_ text: String, showing names: [String] = []) -> String {
        let bytes = Array(text.utf8)
        let mask = KeyMask(shapesIn: bytes, showing: names)
        return mask.spans.isEmpty ? text : mask.text(of: bytes, 0..<bytes.count).text
    }

    private init(shapesIn bytes: [UInt8], showing names: [String]) {
        let spans = Self.merged(PrivateKeyText.spans(in: bytes) + Self.shapes(in: bytes))
        self.spans = spans.isEmpty ? [] : Self.subtract(Self.occurrences(of: names, in: bytes), from: spans)
        hosts = []
    }

    /// The spans from the first one that ends after an offset.
    package func spans(endingAfter offset: Int) -> ArraySlice<ByteSpan> {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(spans[middle].end) > offset { high = middle } else { low = middle + 1 }
        }
        return spans[low...]
    }

    /// Returns a range of the file with hidden parts replaced, and the positions of two offsets in it, in Unicode scalars.
    package func text(of bytes: [UInt8], _ range: Range<Int>, locating offsets: Range<Int> = 0..<0) -> (
        text: String, located: Range<Int>
    ) {
        var result = ""
        var located = (start: Int?.none, end: Int?.none)
        var position = range.lowerBound
        func locate(_ upTo: Int, hidden: Bool) {
            for (offset, isStart) in [(offsets.lowerBound, true), (offsets.upperBound, false)] {
                guard (isStart ? located.start : located.end) == nil, offset <= upTo else { continue }
                let visible =
                    hidden
                    ? 0
                    : String(decoding: bytes[position..<max(position, min(offset, upTo))], as: UTF8.self).unicodeScalars
                        .count
                let place =
                    result.unicodeScalars.count + (hidden && !isStart && offset > position ? Self.mark.count : visible)
                if isStart { located.start = place } else { located.end = place }
            }
        }
        for span in spans(endingAfter: range.lowerBound) {
            guard Int(span.start) < range.upperBound else { break }
            let start = max(Int(span.start), position)
            locate(start, hidden: false)
            result += String(decoding: bytes[position..<start], as: UTF8.self)
            position = start
            let end = min(Int(span.end), range.upperBound)
            locate(end, hidden: true)
            result += Self.mark
            position = end
        }
        locate(range.upperBound, hidden: false)
        result += String(decoding: bytes[position..<range.upperBound], as: UTF8.self)
        let start = located.start ?? result.unicodeScalars.count
        return (result, start..<max(start, located.end ?? start))
    }
}
