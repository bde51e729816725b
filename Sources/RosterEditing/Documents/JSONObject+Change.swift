import RosterBytes
package import RosterJSON
import RosterModel

extension JSONObject {
    /// Creates an object of members in order, without those whose value is nil.
    package init(members: KeyValuePairs<String, JSONValue?>) {
        self.init(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }

    /// Sets the member at a path; nil removes it.
    ///
    /// A value on the path that is not an object is replaced by one; a new name is appended.
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

    /// Sets a direct member of the object; nil removes it.
    package mutating func set(_ name: String, to value: JSONValue?) { set([name], to: value) }

    /// Returns the value at a path; nil if there is none.
    package func value(at path: some Collection<String>) -> JSONValue? {
        guard let name = path.first else { return .object(self) }
        return path.count == 1 ? self[name] : self[name]?.object?.value(at: path.dropFirst())
    }
}

extension JSONValue {
    /// Creates a list of texts.
    package static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

    /// The elements of a list; nil for another value.
    package var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }
}
