import RosterBytes
import RosterJSON

/// Reads the members of a JSON object, and describes the first one that is not as expected.
struct ObjectReader {
    /// The name of the object in messages, such as `the statement`.
    let place: String
    private let object: JSONObject

    /// Reads an object that may have more members than those that are asked for.
    init(_ value: JSONValue?, _ place: String) throws(Refusal) {
        guard let value else { throw Refusal(.malformed, "\(place) is missing") }
        guard let object = value.object else { throw Refusal(.malformed, "\(place) is not an object") }
        self.object = object
        self.place = place
    }

    /// Reads an object that has exactly these members, in any order.
    init(_ value: JSONValue?, _ place: String, exactly names: [String]) throws(Refusal) {
        try self.init(value, place)
        for member in object.members where !names.contains(where: { $0.equalsInBytes(member.name) }) {
            throw Refusal(.malformed, "\(place) has the unknown member \(Self.quote(member.name))")
        }
        for name in names where object[name] == nil {
            throw Refusal(.malformed, "\(place) has no member \"\(name)\"")
        }
    }

    /// Parses the bytes of a document, whose nature (`the envelope`) messages name.
    static func parse(_ bytes: [UInt8], _ place: String, limit: Int) throws(Refusal) -> JSONValue {
        guard bytes.count <= limit else {
            throw Refusal(.tooLarge, "\(place) has \(bytes.count) bytes, and at most \(limit) are allowed")
        }
        do { return try JSONReader.read(utf8: bytes) } catch {
            let message = PrintableText.escape(String(error.message.prefix(200)))
            throw Refusal(.malformed, "\(place) is not valid JSON: \(message) at byte \(error.offset)")
        }
    }

    /// The value of a member; nil when it is missing.
    subscript(name: String) -> JSONValue? { object[name] }

    /// The value of a member; nil when it is missing or null.
    func optional(_ name: String) -> JSONValue? { object[name].flatMap { $0 == .null ? nil : $0 } }

    /// Returns the text of a member.
    func text(_ name: String) throws(Refusal) -> String {
        guard let text = object[name]?.string else { throw problem(name, "is not a text") }
        return text
    }

    /// Returns the elements of a member.
    func array(_ name: String) throws(Refusal) -> [JSONValue] {
        guard case .array(let elements)? = object[name] else { throw problem(name, "is not an array") }
        return elements
    }

    /// Returns a whole number between two others.
    func integer(
        _ name: String,
        atLeast least: Int64,
        atMost most: Int64 = PublicationLimits.integer
    ) throws(Refusal) -> Int64 {
        guard case .integer(let number)? = object[name], number >= least, number <= most else {
            throw problem(name, "is not a whole number from \(least) to \(most)")
        }
        return number
    }

    /// Checks that a member has a value that cannot change.
    func require(_ name: String, is text: String) throws(Refusal) {
        guard object[name]?.string?.equalsInBytes(text) == true else { throw problem(name, "is not \"\(text)\"") }
    }

    /// Returns the bytes of canonical base64.
    func base64(_ name: String) throws(Refusal) -> [UInt8] {
        guard let bytes = CanonicalBase64.decode(Array(try text(name).utf8).span) else {
            throw problem(name, "is not canonical base64")
        }
        return bytes
    }

    /// Returns the refusal because of a member.
    func problem(_ name: String, _ message: String) -> Refusal {
        Refusal(.malformed, "\"\(name)\" of \(place) \(message)")
    }

    /// Quotes a text that anyone may have written.
    private static func quote(_ text: String) -> String { "\"\(PrintableText.escape(String(text.prefix(40))))\"" }
}
