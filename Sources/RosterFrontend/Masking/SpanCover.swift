import YAMLSyntax

/// A set of spans that is asked whether one of them contains another span, in logarithmic time.
struct SpanCover {
    /// The spans in order of their starts, each with the largest end so far.
    private let spans: [ByteSpan]

    init(_ spans: [ByteSpan]) {
        var end: UInt32 = 0
        self.spans = spans.sorted { $0.start < $1.start }.map { span in
            end = max(end, span.end)
            return ByteSpan(start: span.start, end: end)
        }
    }

    /// Returns whether one of the spans contains all of another.
    func contains(_ span: ByteSpan) -> Bool {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].start <= span.start { low = middle + 1 } else { high = middle }
        }
        return low > 0 && span.end <= spans[low - 1].end
    }
}
