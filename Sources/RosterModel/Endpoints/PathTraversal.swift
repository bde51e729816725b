import RosterBytes

/// Spellings that some servers resolve to a different path.
///
/// Servers differ in what they decode and how often: a plain character for one is a separator, a step to the parent or
/// the end of the path for another. All servers agree about a path without these spellings.
public enum PathTraversal {
    /// The reason why a decoded path is rejected.
    public enum Refusal: Error, Hashable, Sendable {
        /// A segment of dots and blanks: `.`, `..`, and forms that some servers shorten to them.
        case dotSegment
        /// A segment that is empty or has only blanks.
        case emptySegment
        /// A character that some servers treat as a separator, an escape or an end.
        case character(Unicode.Scalar)

        /// The reason as the end of a sentence.
        public var words: String {
            switch self {
            case .dotSegment: "has a segment that is . or .., which servers resolve to another path"
            case .emptySegment: "has an empty segment, which some servers drop"
            case .character(let scalar):
                "contains \(Self.shown(scalar)), which some servers resolve to another path"
            }
        }

        private static func shown(_ scalar: Unicode.Scalar) -> String {
            guard !(0x21...0x7E).contains(scalar.value) else { return String(scalar) }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
    }

    /// Returns the reason why a decoded relative path is rejected, or nil for an unambiguous path.
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

    /// Returns a Boolean value that indicates whether a percent-encoded path with a leading `/` is unambiguous.
    static func isAbsent(in path: String) -> Bool {
        guard path.utf8.first == UInt8(ascii: "/") else { return false }
        let isEncoded = path.utf8.contains(UInt8(ascii: "%"))
        let decoded =
            isEncoded
            ? String(validating: PercentEncoding.decodeLeniently(path.utf8.dropFirst()), as: UTF8.self)
            : String(path.dropFirst())
        guard let decoded else { return false }
        // No segment follows a slash at the end.
        let relative = decoded.utf8.last == UInt8(ascii: "/") ? String(decoded.dropLast()) : decoded
        return decoded.isEmpty || refusal(of: relative) == nil
    }

    /// Returns the reason why a decoded segment is rejected, or nil for an unambiguous segment.
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

    /// Returns a Boolean value that indicates whether a decoded character is never allowed in a path.
    static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar.value < 0x20 || scalar.value == 0x7F || ["#", "%", ";", "?", "\\"].contains(scalar)
        }
        // Compatibility forms, such as a full-width slash, have other categories.
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .dashPunctuation, .initialPunctuation, .finalPunctuation,
            .openPunctuation, .closePunctuation:
            break
        default: return true
        }
        // Some servers keep only the low byte: U+FF2E becomes a dot.
        // https://www.blackhat.com/docs/us-17/thursday/us-17-Tsai-A-New-Era-Of-SSRF-Exploiting-URL-Parser-In-Trending-Programming-Languages.pdf
        return "\0\n\r#%./;?\\".utf8.contains(UInt8(truncatingIfNeeded: scalar.value))
    }

    /// Returns a Boolean value that indicates whether an encoded character is never allowed in a base URL's path.
    static func isRefusedEncoded(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "/" || isRefused(scalar)
    }
}
