package import RosterModel

/// Values that every file of models has, read with the position of what is wrong.
extension ModelJSON {
    /// Reads a text or null.
    package mutating func optionalString(_ what: String) throws(CatalogueProblem) -> String? {
        takeNull() ? nil : try string(what)
    }

    /// Reads a date as `YYYY-MM-DD`.
    package mutating func date(_ what: String) throws(CatalogueProblem) -> CalendarDate {
        let start = start()
        let text = try string(what)
        guard let date = CalendarDate(text), Self.years.contains(date) else {
            throw CatalogueProblem(
                "\(what) is \"\(Self.shown(text))\", which is not a date such as 2026-10-23",
                at: range(from: start)
            )
        }
        return date
    }

    /// The dates that a catalogue can have.
    private static let years = CalendarDate(daysSince1970: 0)...CalendarDate(daysSince1970: 2_932_896)

    /// Reads a date or null.
    package mutating func optionalDate(_ what: String) throws(CatalogueProblem) -> CalendarDate? {
        takeNull() ? nil : try date(what)
    }

    /// Reads the name of a model.
    package mutating func modelName(_ what: String) throws(CatalogueProblem) -> String {
        let start = start()
        let text = try string(what)
        guard Self.isName(text) else {
            throw CatalogueProblem(
                "\(what) is not the name of a model: 1 to 200 characters without blanks",
                at: range(from: start)
            )
        }
        return text
    }

    /// Returns whether a text can be the name of a model.
    package static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.count <= 200
            && text.unicodeScalars.allSatisfy {
                if $0.isASCII { return $0.value > 0x20 && $0.value != 0x7F }
                return !$0.properties.isWhitespace && $0.properties.generalCategory != .control
                    && $0.properties.generalCategory != .format
            }
    }

    /// Reads a text of one line for people, such as the name of a source.
    package mutating func line(_ what: String, limit: Int) throws(CatalogueProblem) -> String {
        let start = start()
        let text = try string(what)
        guard Self.isLine(text, limit: limit) else {
            throw CatalogueProblem(
                "\(what) is not 1 to \(limit) characters in one line",
                at: range(from: start)
            )
        }
        return text
    }

    /// Reads the address of a page.
    package mutating func address(_ what: String) throws(CatalogueProblem) -> String {
        let start = start()
        let text = try string(what)
        guard Self.isAddress(text) else {
            throw CatalogueProblem("\(what) is not an address such as https://…", at: range(from: start))
        }
        return text
    }

    /// Returns whether a text is the address of a page: of http or https, without blanks.
    package static func isAddress(_ text: String) -> Bool {
        (text.hasPrefix("https://") || text.hasPrefix("http://")) && isLine(text, limit: 400)
            && !text.unicodeScalars.contains(where: \.properties.isWhitespace)
    }

    /// Returns whether a text is one line of a few printable characters.
    package static func isLine(_ text: String, limit: Int) -> Bool {
        !text.isEmpty && text.unicodeScalars.count <= limit
            && text.unicodeScalars.allSatisfy {
                if $0.isASCII { return $0.value >= 0x20 && $0.value != 0x7F }
                let category = $0.properties.generalCategory
                return category != .control && category != .format && category != .lineSeparator
                    && category != .paragraphSeparator
            }
    }

    /// Reads a number of tokens or null.
    package mutating func tokens(_ what: String) throws(CatalogueProblem) -> Int? {
        guard !takeNull() else { return nil }
        let start = start()
        guard let value = try number(what).wholeValue, value >= 0 else {
            throw CatalogueProblem("\(what) is not a number of tokens", at: range(from: start))
        }
        return value == 0 ? nil : value
    }

    /// Reads a price of one token, times a power of ten; null is nil.
    package mutating func amount(_ what: String, timesTenToThe power: Int) throws(CatalogueProblem) -> String? {
        guard !takeNull() else { return nil }
        let start = start()
        let number = try number(what)
        guard !number.isNegative else { throw CatalogueProblem("\(what) is negative", at: range(from: start)) }
        return number.decimal(timesTenToThe: power)
    }
}
