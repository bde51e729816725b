import RosterCompiler
import RosterFrontend
package import RosterJSON
import RosterModel

/// The YAML text of values.
package struct ValueText {
    let lineEnd: String
    /// The indentation of one more level.
    let step: Int

    /// Returns the text of a whole document, which every reader of YAML reads as the value.
    package static func document(_ value: JSONValue) -> String {
        ValueText(lineEnd: "\n", step: 2).block(value, nil, column: 0).map { $0 + "\n" }.joined()
    }

    /// Returns a value on one line.
    func inline(_ value: JSONValue, _ type: FieldType?, inFlow: Bool) -> String {
        switch value {
        case .null: return "null"
        case .boolean(let value): return value ? "true" : "false"
        case .integer(let number): return String(number)
        case .float(let number): return Self.float(number)
        case .string(let text):
            // Every parser reads a date as the same day; elsewhere some would not read it as text.
            if type == .date, CalendarDate(text) != nil { return text }
            return PlainText.scalar(text, inFlow: inFlow)
        case .array(let elements):
            let inner = type?.inner(.element(0))
            return "[" + elements.map { inline($0, inner, inFlow: true) }.joined(separator: ", ") + "]"
        case .object(let object):
            let members = ordered(object, type).map { member in
                let value = inline(member.value, type?.inner(.member(member.name)), inFlow: true)
                return PlainText.scalar(member.name, inFlow: true) + ": " + value
            }
            return "{" + members.joined(separator: ", ") + "}"
        }
    }

    /// Returns whether a value is written in block style, if allowed.
    func isBlock(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let object): !object.members.isEmpty
        case .array(let elements): elements.contains(where: isBlock)
        default: false
        }
    }

    /// Returns the lines of a value in block style, indented by `column`.
    func block(_ value: JSONValue, _ type: FieldType?, column: Int) -> [String] {
        switch value {
        case .object(let object):
            return ordered(object, type).flatMap { member in
                entry(member.name, member.value, type?.inner(.member(member.name)), column: column)
            }
        case .array(let elements):
            return elements.flatMap { element($0, type?.inner(.element(0)), column: column) }
        default: return [indent(column) + inline(value, type, inFlow: false)]
        }
    }

    /// Returns the lines of an entry of a mapping.
    func entry(_ name: String, _ value: JSONValue, _ type: FieldType?, column: Int) -> [String] {
        let key = indent(column) + PlainText.scalar(name) + ":"
        guard isBlock(value) else { return [key + " " + inline(value, type, inFlow: false)] }
        return [key] + block(value, type, column: column + step)
    }

    /// Returns the lines of an element of a list.
    func element(_ value: JSONValue, _ type: FieldType?, column: Int) -> [String] {
        guard isBlock(value) else { return [indent(column) + "- " + inline(value, type, inFlow: false)] }
        var lines = block(value, type, column: column + 2)
        lines[0] = indent(column) + "- " + lines[0].dropFirst(column + 2)
        return lines
    }

    private func ordered(_ object: JSONObject, _ type: FieldType?) -> [JSONObject.Member] {
        guard let order = type?.memberOrder else { return object.members }
        let known = order.compactMap { name in object.members.first { $0.name == name } }
        return known + object.members.filter { !order.contains($0.name) }
    }

    private func indent(_ column: Int) -> String { String(repeating: " ", count: column) }

    /// Returns the shortest form that parses to the same number, with a point, which YAML 1.1 parsers require.
    private static func float(_ number: Double) -> String {
        let text = number.description
        guard let exponent = text.firstIndex(of: "e"), !text.contains(".") else { return text }
        return text[..<exponent] + ".0" + text[exponent...]
    }
}
