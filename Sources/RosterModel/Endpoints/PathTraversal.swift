import RosterBytes

/// Spellings that some server resolves to another path than the one that is written.
///
/// Servers differ in what they decode, and in how often: what is a plain character to one is a separator, a step to the
/// parent or the end of the path to another. A path with none of these spellings is the same path to all of them.
public enum PathTraversal {
    /// Why a decoded path is refused.
    public enum Refusal: Error, Hashable, Sendable {
        /// A segment of dots and blanks: `.`, `..`, and what some servers shorten to them.
        case dotSegment
        /// A segment of nothing, or of blanks.
        case emptySegment
        /// A character that some server reads as a separator, an escape or an end.
        case character(Unicode.Scalar)

        /// The end of a sentence about what has such a path.
        public var words: String {
            switch self {
            case .dotSegment: "has a segment that is . or .., which servers resolve to another path"
            case .emptySegment: "has an empty segment, which some servers drop"
            case .character(let scalar):
                "holds \(Self.shown(scalar)), which some servers read as a step to another path"
            }
        }

        private static func shown(_ scalar: Unicode.Scalar) -> String {
            guard !(0x21...0x7E).contains(scalar.value) else { return String(scalar) }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
    }

    /// Returns why a relative path is refused that nothing has to be decoded of; nil when it has one reading.
    static func refusal(of path: String) -> Refusal? {
        if isPlainName(path) { return nil }
        if let scalar = path.unicodeScalars.first(where: isRefused) { return .character(scalar) }
        for segment in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if let refusal = refusal(ofSegment: segment) { return refusal }
        }
        return nil
    }

    /// Returns a Boolean value that indicates whether a path is one segment of plain characters, as most models are.
    package static func isPlainName(_ path: String) -> Bool {
        unsafe path.utf8.span.withUnsafeBufferPointer { path in
            var hasLetterOrDigit = false
            for offset in path.indices {
                let byte = unsafe path[offset]
                if byte.isASCIILetterOrDigit {
                    hasLetterOrDigit = true
                } else if byte != UInt8(ascii: "-") && byte != UInt8(ascii: ".") && byte != UInt8(ascii: ":")
                    && byte != UInt8(ascii: "_")
                {
                    return false
                }
            }
            return hasLetterOrDigit
        }
    }

    /// Returns whether a URL's path, percent-encoded and with `/` in front, has one reading however often it is decoded.
    static func isAbsent(in path: String) -> Bool {
        guard path.utf8.first == UInt8(ascii: "/"),
            let decoded = String(validating: PercentEncoding.decodeLeniently(path.utf8.dropFirst()), as: UTF8.self)
        else { return false }
        // The slash at the end has no segment after it.
        let relative = decoded.utf8.last == UInt8(ascii: "/") ? String(decoded.dropLast()) : decoded
        return decoded.isEmpty || refusal(of: relative) == nil
    }

    /// Returns why a decoded segment is refused; nil when it has one reading.
    static func refusal(ofSegment segment: some Collection<UInt8>) -> Refusal? {
        var hasDot = false
        for byte in segment {
            switch byte {
            case UInt8(ascii: "."): hasDot = true
            case UInt8(ascii: " "): break
            default: return nil
            }
        }
        return hasDot ? .dotSegment : .emptySegment
    }

    /// Returns whether a decoded character is never allowed in a path.
    static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar.value < 0x20 || scalar.value == 0x7F || ["#", "%", ";", "?", "\\"].contains(scalar)
        }
        // Compatibility forms, such as a full-width slash, are none of these categories.
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .dashPunctuation, .initialPunctuation, .finalPunctuation,
            .openPunctuation, .closePunctuation:
            break
        default: return true
        }
        // Some servers keep the low byte alone: U+FF2E becomes a dot.
        // https://www.blackhat.com/docs/us-17/thursday/us-17-Tsai-A-New-Era-Of-SSRF-Exploiting-URL-Parser-In-Trending-Programming-Languages.pdf
        return "\0\n\r#%./;?\\".utf8.contains(UInt8(truncatingIfNeeded: scalar.value))
    }

    /// Returns whether an encoded character is never allowed in the path of a base URL.
    static func isRefusedEncoded(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "/" || isRefused(scalar)
    }
}
