import RosterBytes
import RosterCompiler
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSemantics

/// Collects the fields in which two records differ.
struct FieldDifferences {
    private(set) var fields: [Change.Field] = []
    /// The positions of keys in the head's file; nil when it has none.
    private let places: FieldPlaces?
    /// The path from the file's root to the record.
    private let way: [FieldPlaces.Step]

    init(in places: FieldPlaces?, at way: [FieldPlaces.Step] = []) {
        (self.places, self.way) = (places, way)
    }

    /// The line of the first field that differs, or of the record.
    var line: Int? { fields.lazy.compactMap(\.line).first ?? places?.line(of: way) }

    mutating func compare(_ name: String, _ before: String?, _ after: String?) {
        compare(name, [.key(name)], before.map(JSONValue.string), after.map(JSONValue.string))
    }

    mutating func compare(_ name: String, _ before: [String]?, _ after: [String]?) {
        func value(_ list: [String]?) -> JSONValue? { list.map { .array($0.map(JSONValue.string)) } }
        compare(name, [.key(name)], value(before), value(after))
    }

    mutating func compare(_ path: String, _ steps: [FieldPlaces.Step], _ before: JSONValue?, _ after: JSONValue?) {
        guard before != after else { return }
        let line = after == nil && steps.isEmpty ? nil : places?.line(of: way + steps)
        fields.append(Change.Field(path: path, before: before, after: after, line: line))
    }

    /// Compares the secrets that providers link, and stores their display names.
    mutating func compareSecret(_ before: PartialRegistry.Provider?, _ after: PartialRegistry.Provider?) {
        guard before?.secret != after?.secret else { return }
        compare("secret", before?.secret, after?.secret)
        let last = fields.count - 1
        fields[last].before = before?.shownSecret.map(JSONValue.string)
        fields[last].after = after?.shownSecret.map(JSONValue.string)
    }

    /// Compares `config` by the paths of its values.
    mutating func compareConfig(_ before: JSONObject?, _ after: JSONObject?) {
        if let before, let after, JSONValue.object(before) == .object(after) { return }
        let (was, now) = (ConfigValues(before), ConfigValues(after))
        for entry in now.entries { compare(was[entry.path], entry) }
        for entry in was.entries where now[entry.path] == nil { compare(entry, nil) }
    }

    /// Compares values, and stores them as they may be displayed.
    private mutating func compare(_ before: ConfigValues.Entry?, _ after: ConfigValues.Entry?) {
        guard let entry = after ?? before, before?.value != after?.value else { return }
        let count = fields.count
        compare(entry.path, entry.steps, before?.value, after?.value)
        for index in fields[count...].indices {
            fields[index].before = before?.shown
            fields[index].after = after?.shown
        }
    }
}

/// Returns the values of a `config` with their paths.
struct ConfigValues {
    struct Entry {
        var path: String
        var steps: [FieldPlaces.Step]
        var value: JSONValue
        /// The evidence that the names on the path give about the value.
        var context: KeyContext

        /// The value as it may be displayed.
        var shown: JSONValue { value.masked(context) }
    }

    private(set) var entries: [Entry] = []
    private var byPath: [String: Entry] = [:]

    init(_ config: JSONObject?) {
        guard let config else { return }
        add(.object(config), "config", [.key("config")], KeyContext())
        byPath = Dictionary(entries.map { ($0.path, $0) }) { first, _ in first }
    }

    subscript(path: String) -> Entry? { byPath[path] }

    private mutating func add(
        _ value: JSONValue,
        _ path: String,
        _ steps: [FieldPlaces.Step],
        _ context: KeyContext
    ) {
        guard let object = value.object, !object.members.isEmpty else {
            entries.append(Entry(path: path, steps: steps, value: value, context: context))
            return
        }
        for member in object.members {
            let inner = context.member(member.name, of: object)
            add(member.value, path + "." + Self.word(member.name), steps + [.key(member.name)], inner)
        }
    }

    /// Returns a key as a component of a path, in quotes if it is ambiguous.
    private static func word(_ key: String) -> String {
        let isPlain = !key.isEmpty && key.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == 0x2D || $0 == 0x5F }
        guard !isPlain else { return key }
        var quoted = "\""
        for character in key {
            if character == "\"" || character == "\\" { quoted += "\\" }
            quoted.append(character)
        }
        return quoted + "\""
    }
}
