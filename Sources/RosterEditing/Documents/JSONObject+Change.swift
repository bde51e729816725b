import RosterBytes
package import RosterJSON
import RosterModel

extension JSONObject {
    /// Makes an object of members in order; those without a value are left out.
    package init(members: KeyValuePairs<String, JSONValue?>) {
        self.init(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }

    /// Gives a member at a path a value; nil takes it away.
    ///
    /// What is no object on the way becomes one; a name that is new comes last.
    package mutating func set(_ path: some Collection<String>, to value: JSONValue?) {
        guard let name = path.first else { return }
        var value = value
        if path.count > 1 {
            let inner = self[name]?.object
            guard inner != nil || value != nil else { return }
            var object = inner ?? JSONObject()
            object.set(path.dropFirst(), to: value)
            value = .object(object)
        }
        switch (members.firstIndex { $0.name.equalsInBytes(name) }, value) {
        case (let index?, let value?): members[index].value = value
        case (let index?, nil): members.remove(at: index)
        case (nil, let value?): members.append(Member(name: name, value: value))
        case (nil, nil): break
        }
    }

    /// Gives a member of the object itself a value; nil takes it away.
    package mutating func set(_ name: String, to value: JSONValue?) { set([name], to: value) }

    /// The value at a path; nil where there is none.
    package func value(at path: some Collection<String>) -> JSONValue? {
        guard let name = path.first else { return .object(self) }
        return path.count == 1 ? self[name] : self[name]?.object?.value(at: path.dropFirst())
    }
}

extension JSONValue {
    /// A list of texts.
    package static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

    /// The elements of a list; nil for anything else.
    package var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }
}
