package import RosterJSON
package import RosterModel

extension JSONValue {
    /// Returns the value with each key hidden that is one by the names that lead to it.
    package func masked(_ context: KeyContext) -> JSONValue { masked(context) { $0 } }

    /// Returns the value with keys hidden, and every other text as `text` returns it.
    fileprivate func masked(_ context: KeyContext, text show: (String) -> String) -> JSONValue {
        guard !context.isKey else { return .string(KeyMask.mark) }
        switch self {
        case .string(let text): return context.isKey(text) ? .string(KeyMask.mark) : .string(show(text))
        case .integer(let number): return context.isKey(String(number)) ? .string(KeyMask.mark) : self
        case .float(let number): return context.isKey(number.description) ? .string(KeyMask.mark) : self
        case .array(let elements): return .array(elements.map { $0.masked(context, text: show) })
        case .object(let object): return .object(object.masked(context, text: show))
        case .null, .boolean: return self
        }
    }
}

extension JSONObject {
    /// The object with keys hidden: those that are keys by their names, and those that have the form of one.
    package var masked: JSONObject {
        masked(KeyContext()) { MaskedText(Array($0.utf8)).text }
    }

    fileprivate func masked(_ context: KeyContext, text show: (String) -> String) -> JSONObject {
        JSONObject(
            members.map { member in
                let inner = context.member(member.name, of: self)
                return Member(name: show(member.name), value: member.value.masked(inner, text: show))
            }
        )
    }
}

extension KeyContext {
    /// Returns the context of a member of an object, which a sibling may name: `{name: OPENAI_API_KEY, value: …}`.
    package func member(_ name: String, of object: JSONObject) -> KeyContext {
        let inner = member(name)
        guard inner.isEmpty || inner == self, name.lowercased() == "value" else { return inner }
        let sibling = object.members.first { other in
            KeyContext.isNameOfName(other.name) && other.value.string.map { !KeyContext().member($0).isEmpty } ?? false
        }
        return sibling?.value.string.map { KeyContext().member($0) } ?? inner
    }
}
