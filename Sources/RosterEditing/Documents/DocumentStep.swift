import RosterBytes
package import RosterJSON
import RosterModel

/// The smallest change of a document's value that brings it closer to its target.
struct DocumentStep: Hashable, Sendable {
    /// The path from the document's root to a value.
    enum Part: Hashable, Sendable {
        case member(String)
        case element(Int)
    }

    enum Change: Hashable, Sendable {
        /// Replaces the value at the path.
        case replace(JSONValue)
        /// Adds a member to the object at the path.
        case addMember(String, JSONValue)
        /// Inserts an element at that position of the array at the path.
        case insertElement(Int, JSONValue)
        /// Removes the value at the path.
        case remove
    }

    var path: [Part]
    var change: Change

    /// Returns the first step from one value to another; nil if they are equivalent.
    static func first(from old: JSONValue, to new: JSONValue) -> DocumentStep? { step(old, new, []) }

    /// A value with more differences is rewritten as a whole, since each step parses the document again.
    private static let mostSteps = 200

    private static func step(_ old: JSONValue, _ new: JSONValue, _ path: [Part]) -> DocumentStep? {
        if path.count == 1, old.differences(from: new) > mostSteps {
            return DocumentStep(path: path, change: .replace(new))
        }
        return switch (old, new) {
        case (.object(let old), .object(let new)): objectStep(old, new, path)
        case (.array(let old), .array(let new)): arrayStep(old, new, path)
        default: old == new ? nil : DocumentStep(path: path, change: .replace(new))
        }
    }

    private static func objectStep(_ old: JSONObject, _ new: JSONObject, _ path: [Part]) -> DocumentStep? {
        for member in old.members {
            guard let value = new[member.name] else { continue }
            if let step = step(member.value, value, path + [.member(member.name)]) { return step }
        }
        for member in new.members where old[member.name] == nil {
            return DocumentStep(path: path, change: .addMember(member.name, member.value))
        }
        guard let gone = old.members.first(where: { new[$0.name] == nil }) else { return nil }
        return DocumentStep(path: path + [.member(gone.name)], change: .remove)
    }

    private static func arrayStep(_ old: [JSONValue], _ new: [JSONValue], _ path: [Part]) -> DocumentStep? {
        var start = 0
        while start < min(old.count, new.count), isSame(old[start], new[start]) { start += 1 }
        var end = 0
        while end < min(old.count, new.count) - start, isSame(old[old.count - 1 - end], new[new.count - 1 - end]) {
            end += 1
        }
        for index in 0..<start {
            if let step = step(old[index], new[index], path + [.element(index)]) { return step }
        }
        for distance in 0..<end {
            let index = old.count - end + distance
            if let step = step(old[index], new[new.count - end + distance], path + [.element(index)]) { return step }
        }
        let (olds, news) = (start..<(old.count - end), start..<(new.count - end))
        // Elements without an identity are replaced; elements with one are added and removed as a whole.
        if let index = olds.first, news.contains(index), identity(old[index]) == nil, identity(new[index]) == nil {
            return step(old[index], new[index], path + [.element(index)])
        }
        if news.count > 0, olds.isEmpty || old.allSatisfy({ $0 != new[start] }) {
            return DocumentStep(path: path, change: .insertElement(start, new[start]))
        }
        return olds.isEmpty ? nil : DocumentStep(path: path + [.element(start)], change: .remove)
    }

    /// Returns whether two elements of a list have the same identity.
    private static func isSame(_ one: JSONValue, _ other: JSONValue) -> Bool {
        guard let identity = identity(one) else { return one.isEquivalent(to: other) }
        return identity == self.identity(other)
    }

    private static func identity(_ value: JSONValue) -> String? {
        guard let object = value.object else { return nil }
        return object["id"]?.string ?? object["key"]?.string
    }
}

extension JSONObject {
    /// Members by the bytes of their names: names that Swift treats as equal can differ in bytes.
    fileprivate var valuesByName: [[UInt8]: JSONValue] {
        Dictionary(members.map { (Array($0.name.utf8), $0.value) }) { first, _ in first }
    }

    /// Returns whether every member is equivalent to one of another object.
    fileprivate func hasMembers(of other: JSONObject) -> Bool {
        let values = other.valuesByName
        return members.allSatisfy { member in
            values[Array(member.name.utf8)].map { $0.isEquivalent(to: member.value) } ?? false
        }
    }
}

extension JSONValue {
    /// Returns whether two values are equal, ignoring the order of members.
    package func isEquivalent(to other: JSONValue) -> Bool {
        switch (self, other) {
        case (.object(let one), .object(let two)):
            one.members.count == two.members.count && one.hasMembers(of: two)
        case (.array(let one), .array(let two)):
            one.count == two.count && zip(one, two).allSatisfy { $0.isEquivalent(to: $1) }
        default: self == other
        }
    }

    /// Returns the approximate number of differences between two values.
    fileprivate func differences(from other: JSONValue) -> Int {
        switch (self, other) {
        case (.object(let one), .object(let two)):
            let values = two.valuesByName
            let shared = one.members.compactMap { member in
                values[Array(member.name.utf8)].map { member.value.differences(from: $0) }
            }
            return one.members.count + two.members.count - 2 * shared.count + shared.reduce(0, +)
        case (.array(let one), .array(let two)):
            return zip(one, two).reduce(abs(one.count - two.count)) { $0 + $1.0.differences(from: $1.1) }
        default: return self == other ? 0 : 1
        }
    }

    /// Returns the value at a path; nil if there is none.
    func value(at path: some Collection<DocumentStep.Part>) -> JSONValue? {
        guard let part = path.first else { return self }
        let next: JSONValue? =
            switch (self, part) {
            case (.object(let object), .member(let name)): object[name]
            case (.array(let elements), .element(let index)) where elements.indices.contains(index): elements[index]
            default: nil
            }
        return next?.value(at: path.dropFirst())
    }

    /// Returns the value after a step; nil if the step's path does not exist.
    func applying(_ step: DocumentStep) -> JSONValue? {
        if let part = step.path.first {
            if step.path.count == 1, step.change == .remove { return removing(part) }
            guard let inner = value(at: [part]) else { return nil }
            let rest = DocumentStep(path: Array(step.path.dropFirst()), change: step.change)
            return inner.applying(rest).flatMap { setting(part, to: $0) }
        }
        switch (step.change, self) {
        case (.replace(let value), _): return value
        case (.addMember(let name, let value), .object(let object)):
            return .object(JSONObject(object.members + [JSONObject.Member(name: name, value: value)]))
        case (.insertElement(let index, let value), .array(var elements)) where index <= elements.count:
            elements.insert(value, at: index)
            return .array(elements)
        default: return nil
        }
    }

    private func removing(_ part: DocumentStep.Part) -> JSONValue? {
        switch (self, part) {
        case (.object(let object), .member(let name)):
            return .object(JSONObject(object.members.filter { !$0.name.equalsInBytes(name) }))
        case (.array(var elements), .element(let index)) where elements.indices.contains(index):
            elements.remove(at: index)
            return .array(elements)
        default: return nil
        }
    }

    private func setting(_ part: DocumentStep.Part, to value: JSONValue) -> JSONValue? {
        switch (self, part) {
        case (.object(var object), .member(let name)):
            guard let index = object.members.firstIndex(where: { $0.name.equalsInBytes(name) }) else { return nil }
            object.members[index].value = value
            return .object(object)
        case (.array(var elements), .element(let index)) where elements.indices.contains(index):
            elements[index] = value
            return .array(elements)
        default: return nil
        }
    }
}
