import RosterBytes
import RosterJSON
import RosterPublication

/// The members of an object of the gateway: 64-bit numbers are texts, and zero, false and empty members are left out.
struct EtcdMembers {
    private let object: JSONObject

    init(_ value: JSONValue?) throws(SourceProblem) {
        guard let object = value?.object else { throw Self.malformed }
        self.object = object
    }

    /// Parses an object, whose body is never repeated in messages.
    init(parsing bytes: [UInt8]) throws(SourceProblem) {
        let value: JSONValue
        do { value = try JSONReader.read(utf8: bytes) } catch { throw Self.malformed }
        try self.init(value)
    }

    /// The problem of an answer that etcd would not send.
    static let malformed = SourceProblem(.content(.malformed), "the answer is not one of etcd's JSON gateway")

    /// Returns a Boolean value that indicates whether a member is there.
    func has(_ name: String) -> Bool { object[name] != nil }

    /// Returns the members of an object; nil when it is left out.
    func members(_ name: String) throws(SourceProblem) -> EtcdMembers? {
        guard let value = object[name] else { return nil }
        return try EtcdMembers(value)
    }

    /// Returns the elements of an array of objects.
    func elements(_ name: String) throws(SourceProblem) -> [EtcdMembers] {
        guard let value = object[name] else { return [] }
        guard case .array(let values) = value else { throw Self.malformed }
        var elements: [EtcdMembers] = []
        for value in values { elements.append(try EtcdMembers(value)) }
        return elements
    }

    /// Returns a number that is not negative.
    func number(_ name: String) throws(SourceProblem) -> Int64 {
        guard let value = object[name] else { return 0 }
        guard let text = value.string, text.utf8.allSatisfy(\.isASCIIDigit), let number = Int64(text) else {
            throw Self.malformed
        }
        return number
    }

    /// Returns a number of an error, which is an integer.
    func code(_ name: String) throws(SourceProblem) -> Int64 {
        guard let value = object[name] else { return 0 }
        guard case .integer(let number) = value else { throw Self.malformed }
        return number
    }

    func boolean(_ name: String) throws(SourceProblem) -> Bool {
        guard let value = object[name] else { return false }
        guard case .boolean(let flag) = value else { throw Self.malformed }
        return flag
    }

    func text(_ name: String) throws(SourceProblem) -> String {
        guard let value = object[name] else { return "" }
        guard let text = value.string else { throw Self.malformed }
        return text
    }

    func base64(_ name: String) throws(SourceProblem) -> [UInt8] {
        guard let bytes = CanonicalBase64.decode(Array(try text(name).utf8).span) else { throw Self.malformed }
        return bytes
    }

    /// Returns the revision of the header: from 1 up to a number that has a successor.
    func revision() throws(SourceProblem) -> Int64 {
        guard let revision = try members("header")?.number("revision"), (1..<Int64.max).contains(revision) else {
            throw Self.malformed
        }
        return revision
    }
}
