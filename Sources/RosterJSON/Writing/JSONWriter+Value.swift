extension JSONWriter {
    /// Writes a plain JSON value.
    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .boolean(let value): boolean(value)
        case .integer(let number): integer(number)
        case .float(let number): float(number)
        case .string(let text): string(text)
        case .array(let elements):
            array(of: elements) { element, json in
                json.value(element)
            }
        case .object(let object):
            self.object { json in
                for member in object.members {
                    json.name(escaping: member.name)
                    json.value(member.value)
                }
            }
        }
    }
}
