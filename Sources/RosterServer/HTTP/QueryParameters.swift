import RosterBytes
import RosterDiagnostics

/// The names and values after `?`: the form encoding of the URL standard.
enum QueryParameters {
    /// Returns the parameters in their order.
    static func read(_ query: Substring?) throws(Problem) -> [(name: String, value: String)] {
        var parameters: [(String, String)] = []
        for part in parts(of: query) { parameters.append(try parameter(part)) }
        return parameters
    }

    /// Returns the parameters in their order, without those that are malformed.
    static func wellFormed(_ query: Substring?) -> [(name: String, value: String)] {
        parts(of: query).compactMap { try? parameter($0) }
    }

    /// Refuses any parameter of something that takes none.
    static func refuse(_ query: Substring?, of what: String) throws(Problem) {
        guard let (name, _) = try read(query).first else { return }
        throw .badRequest("there is no parameter \"\(PercentEncoding.shown(name))\" of \(what)")
    }

    private static func parts(of query: Substring?) -> [Substring.UTF8View] {
        query?.utf8.split(separator: UInt8(ascii: "&")) ?? []
    }

    private static func parameter(_ part: Substring.UTF8View) throws(Problem) -> (name: String, value: String) {
        let mark = part.firstIndex(of: UInt8(ascii: "="))
        let name = try text(part[..<(mark ?? part.endIndex)])
        guard let mark else { return (name, "") }
        return (name, try text(part[mark...].dropFirst()))
    }

    private static func text(_ encoded: Substring.UTF8View) throws(Problem) -> String {
        guard let bytes = PercentEncoding.decode(encoded, plusIsSpace: true) else {
            throw .badRequest("a \"%\" in the query is not followed by two hex digits")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .badRequest("the query is not UTF-8")
        }
        return text
    }
}

extension PercentEncoding {
    /// A text that a client sent, as it is shown in an answer: short, and without what cannot be seen.
    static func shown(_ text: String) -> String {
        let short = text.count > 64 ? String(text.prefix(64)) + "…" : text
        return PrintableText.escape(short)
    }
}
