import RosterBytes

/// The preference `wait` of the field `Prefer`: RFC 7240, section 4.3.
enum WaitPreference {
    static let range = 1...60

    /// Returns the number of seconds; nil when there is no such preference, or it is not a whole number in ``range``.
    ///
    /// Of several preferences of the same name, only the first counts.
    static func seconds(in field: String) -> Int? {
        for preference in elements(of: field) {
            // Parameters, which follow a semicolon, have no meaning for this preference.
            let end = preference.firstIndex(of: UInt8(ascii: ";")) ?? preference.endIndex
            let mark = preference[..<end].firstIndex(of: UInt8(ascii: "=")) ?? end
            let name = trim(preference[..<mark])
            guard name.count == 4, name.map(\.asciiLowercased).elementsEqual("wait".utf8) else { continue }
            return number(trim(preference[mark..<end].dropFirst()))
        }
        return nil
    }

    /// Returns the elements of the list; a comma in a quoted string is not a separator.
    private static func elements(of field: String) -> [ArraySlice<UInt8>] {
        let bytes = Array(field.utf8)
        var (elements, start) = ([ArraySlice<UInt8>](), 0)
        var (isQuoted, isEscaped) = (false, false)
        for (index, byte) in bytes.enumerated() {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\"), isQuoted {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: ","), !isQuoted {
                elements.append(bytes[start..<index])
                start = index + 1
            }
        }
        return elements + [bytes[start...]]
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        guard significant.count <= 2 else { return nil }
        let number = significant.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return range.contains(number) ? number : nil
    }

    private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isPadding(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var bytes = bytes.drop(while: isPadding)
        while let last = bytes.last, isPadding(last) { bytes.removeLast() }
        return bytes
    }
}
