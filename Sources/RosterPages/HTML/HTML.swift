package import RosterModel

/// Markup of a page: text of the source code, and values that are escaped.
///
/// Markup is written as a literal, with values in it:
///
///     let heading: HTML = "<h1>\(provider.name)</h1>"
///
/// A literal is a `StaticString`, so that no text of a file, of git or of a request can become markup. Each value is
/// escaped for text and for an attribute in double quotes, between which it must be. The other contexts have labels.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
    /// The markup in UTF-8.
    package private(set) var bytes: [UInt8]

    /// Creates empty markup.
    package init() { bytes = [] }

    /// Creates markup of the source code.
    package init(stringLiteral literal: StaticString) {
        bytes = []
        append(literal)
    }

    /// Creates markup of the source code with values in it.
    package init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.html.bytes }

    /// Appends markup.
    package static func += (html: inout HTML, other: HTML) { html.bytes += other.bytes }

    /// Reserves memory for a number of bytes.
    fileprivate mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

    /// Appends markup of the source code.
    fileprivate mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Appends a value as text.
    fileprivate mutating func append(text: String, keepingLines: Bool = false) {
        HTMLEscaping.append(text, keepingLines: keepingLines, to: &bytes)
    }

    /// Appends bytes that are neither special in markup nor outside of ASCII.
    fileprivate mutating func append(plain: some Sequence<UInt8>) { bytes.append(contentsOf: plain) }
}

extension HTML {
    /// The parts of a literal with values in it.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var html = HTML()

        package init(literalCapacity: Int, interpolationCount: Int) {
            html.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) { html.append(literal) }

        /// Appends a value, escaped for text and for an attribute in double quotes.
        package mutating func appendInterpolation(_ text: String) { html.append(text: text) }

        /// Appends a handle.
        package mutating func appendInterpolation(_ handle: Handle) { html.append(text: handle.text) }

        /// Appends a day, as `2026-11-30`.
        package mutating func appendInterpolation(_ date: CalendarDate) { html.append(text: date.description) }

        /// Appends a moment to the minute, as `2026-11-30 08:15`.
        package mutating func appendInterpolation(_ time: Timestamp) {
            let text = time.description
            html.append(text: text.prefix(10) + " " + text.dropFirst(11).prefix(5))
        }

        /// Appends a whole number, with commas between thousands.
        package mutating func appendInterpolation(_ number: Int) {
            let digits = Array(String(number.magnitude).utf8)
            if number < 0 { html.append(plain: "-".utf8) }
            for (index, digit) in digits.enumerated() {
                if index > 0, (digits.count - index) % 3 == 0 { html.append(plain: ",".utf8) }
                html.append(plain: CollectionOfOne(digit))
            }
        }

        /// Appends markup; nothing for nil.
        package mutating func appendInterpolation(_ other: HTML?) {
            if let other { html += other }
        }

        /// Appends consecutive pieces of markup.
        package mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { html += piece }
        }

        /// Appends a constant of the source code.
        package mutating func appendInterpolation(constant: StaticString) { html.append(constant) }

        /// Appends a block of code: line feeds and tabs are kept.
        package mutating func appendInterpolation(code: String) { html.append(text: code, keepingLines: true) }

        /// Appends a URL or a part of it.
        package mutating func appendInterpolation(url: PageURL) { html.append(text: url.text) }
    }
}
