import RosterBytes
import RosterFrontend
import RosterJSON
import RosterModel

/// The members of an object of the document, each of which must be read once.
struct RegistryMembers: ~Copyable {
    private let object: JSONObject
    /// The object's position, for messages.
    let place: RegistryPlace
    private var taken = 0
    private var next = 0

    init(_ value: JSONValue, at place: RegistryPlace) throws(RegistryProblem) {
        guard let object = value.object else { throw place.problem(.shape, "must be an object") }
        self.object = object
        self.place = place
    }

    /// Returns the value of a member.
    mutating func take(_ name: StaticString) throws(RegistryProblem) -> JSONValue {
        // Members are mostly in the order in which they are read.
        if next < object.members.count, Self.isSame(object.members[next].name, name) {
            next += 1
            taken += 1
            return object.members[next - 1].value
        }
        guard let position = object.members.firstIndex(where: { Self.isSame($0.name, name) }) else {
            throw place.problem(.shape, "\"\(name)\" is missing")
        }
        next = position + 1
        taken += 1
        return object.members[position].value
    }

    /// Checks that the object has no member besides those that were read.
    consuming func end(knowing names: [StaticString]) throws(RegistryProblem) {
        guard taken < object.members.count else { return }
        let unknown = object.members.first { member in !names.contains { Self.isSame(member.name, $0) } }
        let name = unknown.map { KeyMask.mask(String($0.name.prefix(80))) } ?? ""
        throw place.problem(.shape, "\(quoted(name)) is not a known member")
    }

    private static func isSame(_ one: String, _ other: StaticString) -> Bool {
        var one = one
        return one.withUTF8 { unsafe other.equals($0) }
    }

    // MARK: - Values by their types

    mutating func string(_ name: StaticString) throws(RegistryProblem) -> String {
        let value = try take(name)
        guard let text = value.string else { throw place.member(name).problem(.shape, "must be text") }
        return text
    }

    mutating func optionalString(_ name: StaticString) throws(RegistryProblem) -> String? {
        let value = try take(name)
        if case .null = value { return nil }
        guard let text = value.string else { throw place.member(name).problem(.shape, "must be text or null") }
        return text
    }

    mutating func boolean(_ name: StaticString) throws(RegistryProblem) -> Bool {
        guard case .boolean(let value) = try take(name) else {
            throw place.member(name).problem(.shape, "must be true or false")
        }
        return value
    }

    mutating func integer(_ name: StaticString) throws(RegistryProblem) -> Int64 {
        guard case .integer(let value) = try take(name) else {
            throw place.member(name).problem(.shape, "must be a whole number")
        }
        return value
    }

    mutating func parsed<Value>(
        _ name: StaticString,
        _ what: String,
        _ read: (String) -> Value?
    ) throws(RegistryProblem) -> Value {
        let text = try string(name)
        guard let value = read(text) else { throw place.member(name).problem(.shape, "is not a valid \(what)") }
        return value
    }

    mutating func optionalParsed<Value>(
        _ name: StaticString,
        _ what: String,
        _ read: (String) -> Value?
    ) throws(RegistryProblem) -> Value? {
        guard let text = try optionalString(name) else { return nil }
        guard let value = read(text) else { throw place.member(name).problem(.shape, "is not a valid \(what)") }
        return value
    }

    mutating func list<Element>(
        _ name: StaticString,
        _ read: (JSONValue, RegistryPlace) throws(RegistryProblem) -> Element
    ) throws(RegistryProblem) -> [Element] {
        let place = place.member(name)
        guard case .array(let elements) = try take(name) else { throw place.problem(.shape, "must be a list") }
        var result: [Element] = []
        result.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() { result.append(try read(element, place.element(index))) }
        return result
    }

    mutating func strings(_ name: StaticString) throws(RegistryProblem) -> [String] {
        try list(name) { (value, place) throws(RegistryProblem) in
            guard let text = value.string else { throw place.problem(.shape, "must be text") }
            return text
        }
    }
}

/// A position in the document, whose text is made only for a message.
indirect enum RegistryPlace {
    case document
    case named(StaticString, in: RegistryPlace)
    case numbered(Int, in: RegistryPlace)

    func member(_ name: StaticString) -> RegistryPlace { .named(name, in: self) }

    func element(_ index: Int) -> RegistryPlace { .numbered(index, in: self) }

    var text: String {
        switch self {
        case .document: ""
        case .named(let name, .document): name.description
        case .named(let name, let outer): outer.text + "." + name.description
        case .numbered(let index, let outer): outer.text + "[\(index)]"
        }
    }

    func problem(_ code: RegistryProblem.Code, _ message: String) -> RegistryProblem {
        RegistryProblem(code, text, message)
    }
}
