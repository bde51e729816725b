import RosterBytes

/// Values in a file of variables.
package enum DotenvText {
    /// The form of a value.
    private enum Form {
        /// Without quotes, which every reader takes as it is.
        case plain
        /// In single quotes, without an escape.
        case single
        /// In double quotes, with escapes.
        case double
    }

    /// Returns true for a value that readers change in every form.
    ///
    /// They replace `${…}` even in quotes. To python-dotenv, a backslash before the last quotation mark escapes the mark
    /// even if the backslash is escaped, and the value would continue on the next line.
    package static func isLost(_ value: UnsafeRawBufferPointer) -> Bool {
        let isReplaced = unsafe zip(value, value.dropFirst()).contains { pair in
            pair.0 == UInt8(ascii: "$") && pair.1 == UInt8(ascii: "{")
        }
        let hasControl = unsafe value.contains { $0 < 0x20 && !"\t\n\r".utf8.contains($0) }
        let isEscaping = unsafe value.last == UInt8(ascii: "\\")
        return isReplaced || hasControl || isEscaping
    }

    /// Calls a closure with the pieces of a value's text, in order, without a copy of the value.
    package static func write<Failure>(
        _ value: UnsafeRawBufferPointer,
        _ put: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        func putText(_ text: StaticString) throws(Failure) {
            try unsafe put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
        switch unsafe form(of: value) {
        case .plain: return try unsafe put(value)
        case .single:
            try putText("'")
            try unsafe put(value)
            return try putText("'")
        case .double: break
        }
        try putText("\"")
        var start = 0
        for offset in 0..<value.count {
            guard let escape = unsafe escape(of: value[offset]) else { continue }
            try unsafe put(UnsafeRawBufferPointer(rebasing: value[start..<offset]))
            try putText(escape)
            start = offset + 1
        }
        try unsafe put(UnsafeRawBufferPointer(rebasing: value[start...]))
        try putText("\"")
    }

    private static func form(of value: UnsafeRawBufferPointer) -> Form {
        let signs = "_./:@%+,=-".utf8
        if unsafe !value.isEmpty && value.allSatisfy({ $0.isASCIILetterOrDigit || signs.contains($0) }) {
            return .plain
        }
        return unsafe value.contains { $0 == UInt8(ascii: "'") || escape(of: $0) != nil && $0 != UInt8(ascii: "\"") }
            ? .double : .single
    }

    private static func escape(of byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "\\"): "\\\\"
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\n"): "\\n"
        case UInt8(ascii: "\r"): "\\r"
        default: nil
        }
    }
}
