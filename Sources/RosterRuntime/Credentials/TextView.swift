import RosterBytes
import RosterModel

/// A text as one of the encodings decodes it, with the source position of each byte.
struct TextView {
    private(set) var bytes: [UInt8] = []
    private(set) var origins: [Range<Int>] = []

    /// Returns every decoding of a text that can have at least `shortest` bytes.
    static func all(of source: [UInt8], shortest: Int) -> [TextView] {
        var plain = TextView()
        for (offset, byte) in source.enumerated() { plain.append(byte, offset..<offset + 1) }
        var views = [plain]
        if source.contains(UInt8(ascii: "%")) { views.append(plain.percentDecoded()) }
        if source.contains(UInt8(ascii: "\\")) { views.append(plain.unescaped()) }
        for view in views {
            for shift in 0..<4 { views.append(view.base64Decoded(from: shift, shortest)) }
            for shift in 0..<2 { views.append(view.hexDecoded(from: shift, shortest)) }
        }
        return views.filter { !$0.bytes.isEmpty }
    }

    private mutating func append(_ byte: UInt8, _ origin: Range<Int>) {
        bytes.append(byte)
        origins.append(origin)
    }

    private func origin(_ range: Range<Int>) -> Range<Int> {
        origins[range.lowerBound].lowerBound..<origins[range.upperBound - 1].upperBound
    }

    private func percentDecoded() -> TextView {
        var view = TextView()
        var position = 0
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "%"), position + 2 < bytes.count,
                let high = bytes[position + 1].hexDigitValue, let low = bytes[position + 2].hexDigitValue
            {
                view.append(high << 4 | low, origin(position..<position + 3))
                position += 3
            } else {
                view.append(bytes[position], origins[position])
                position += 1
            }
        }
        return view
    }

    /// JSON's escapes, of which only those of ASCII can be a key's.
    private func unescaped() -> TextView {
        var view = TextView()
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count else {
                view.append(bytes[position], origins[position])
                position += 1
                continue
            }
            var (value, length) = (bytes[position + 1], 2)
            if value == UInt8(ascii: "u"), position + 5 < bytes.count, bytes[position + 2] == UInt8(ascii: "0"),
                bytes[position + 3] == UInt8(ascii: "0"), let high = bytes[position + 4].hexDigitValue,
                let low = bytes[position + 5].hexDigitValue
            {
                (value, length) = (high << 4 | low, 6)
            }
            view.append(value, origin(position..<position + length))
            position += length
        }
        return view
    }

    /// Groups of four characters, counted from `shift` in each stretch of base64, in either alphabet.
    private func base64Decoded(from shift: Int, _ shortest: Int) -> TextView {
        stretches(of: 4, from: shift, minimum: max(4, (4 * shortest + 2) / 3), value: \.base64Value) {
            view,
            values,
            start in
            let count = min(4, values.count)
            var group: UInt32 = 0
            for index in 0..<4 { group = group << 6 | (index < count ? UInt32(values[values.startIndex + index]) : 0) }
            // The rest has as many bytes as with padding.
            for index in 0..<count - 1 {
                view.append(UInt8(group >> (16 - 8 * UInt32(index)) & 255), origin(start + index..<start + index + 2))
            }
        }
    }

    private func hexDecoded(from shift: Int, _ shortest: Int) -> TextView {
        stretches(of: 2, from: shift, minimum: 2 * shortest, value: \.hexDigitValue) { view, values, start in
            guard let high = values.first, let low = values.dropFirst().first else { return }
            view.append(high << 4 | low, origin(start..<start + 2))
        }
    }

    /// Decodes each stretch of at least `minimum` digits, in groups of `size` counted from `shift`; the last group may
    /// be shorter, and has at least two digits.
    private func stretches(
        of size: Int,
        from shift: Int,
        minimum: Int,
        value: (UInt8) -> UInt8?,
        _ decode: (inout TextView, ArraySlice<UInt8>, Int) -> Void
    ) -> TextView {
        var view = TextView()
        var values: [UInt8] = []
        var start = 0
        while start < bytes.count {
            values.removeAll(keepingCapacity: true)
            while start + values.count < bytes.count, let digit = value(bytes[start + values.count]) {
                values.append(digit)
            }
            if values.count >= minimum {
                for group in stride(from: shift, to: values.count - 1, by: size) {
                    decode(&view, values[group..<min(group + size, values.count)], start + group)
                }
                // A separator, so that no run continues from one stretch into the next.
                view.append(0, start..<start)
            }
            start += values.count + 1
        }
        return view
    }
}

extension UInt8 {
    fileprivate var base64Value: UInt8? {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): self - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): self - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
