/// The ASCII form of a host name (RFC 3492), for advice in messages.
enum Punycode {
    /// Returns the name with each label outside ASCII as `xn--…`, or nil when a label has no such form.
    static func hostName(_ name: String) -> String? {
        let labels = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        var result: [String] = []
        for label in labels {
            guard !label.utf8.allSatisfy({ $0 < 0x80 }) else {
                result.append(String(label))
                continue
            }
            guard let encoded = encode(label), encoded.utf8.count <= 59 else { return nil }
            result.append("xn--" + encoded)
        }
        return result.joined(separator: ".")
    }

    private static func encode(_ label: Substring) -> String? {
        let scalars = label.unicodeScalars.map { Int($0.value) }
        guard scalars.count <= 63 else { return nil }
        var output = label.unicodeScalars.filter(\.isASCII).map { Character($0) }
        let basicCount = output.count
        if basicCount > 0 { output.append("-") }
        var (code, delta, bias, handled) = (128, 0, 72, basicCount)
        while handled < scalars.count {
            guard let next = scalars.filter({ $0 >= code }).min() else { return nil }
            delta += (next - code) * (handled + 1)
            code = next
            for scalar in scalars {
                if scalar < code { delta += 1 }
                guard scalar == code else { continue }
                output += digits(of: delta, bias: bias)
                bias = adapt(delta, count: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return String(output)
    }

    private static func digits(of delta: Int, bias: Int) -> [Character] {
        var (rest, position) = (delta, 36)
        var result: [Character] = []
        while true {
            let threshold = min(max(position - bias, 1), 26)
            guard rest >= threshold else { break }
            result.append(digit(threshold + (rest - threshold) % (36 - threshold)))
            rest = (rest - threshold) / (36 - threshold)
            position += 36
        }
        return result + [digit(rest)]
    }

    private static func digit(_ value: Int) -> Character {
        Character(Unicode.Scalar(UInt8(value < 26 ? 97 + value : 22 + value)))
    }

    private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var position = 0
        while delta > 455 {
            delta /= 35
            position += 36
        }
        return position + 36 * delta / (delta + 38)
    }
}
