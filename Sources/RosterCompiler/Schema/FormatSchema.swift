import RosterDiagnostics
import RosterFrontend
import RosterJSON
import RosterModel

/// The format as JSON Schema (draft-07), written from the same tables that the compiler reads by.
///
/// A schema and the compiler agree on the shape of one file. Only the compiler makes the checks that need other files or
/// the text of the file.
public enum FormatSchema {
    /// The schema of one kind of file, with a final newline.
    public static func document(for kind: SchemaKind) -> [UInt8] {
        let shape: RecordShape =
            switch kind {
            case .provider: .provider
            case .secret: .secret
            case .roster: .roster
            }
        var json = JSONWriter(.pretty)
        json.object { json in
            json.name("$schema")
            json.string("http://json-schema.org/draft-07/schema#")
            json.name("title")
            json.string("Roster: \(shape.title)")
            writeRecord(shape, to: &json)
        }
        json.endLine()
        return json.bytes
    }

    private static func writeRecord(_ shape: RecordShape, to json: inout JSONWriter) {
        json.name("type")
        json.string("object")
        json.name("additionalProperties")
        json.boolean(false)
        json.name("required")
        json.array { json in
            for field in shape.fields where field.isRequired {
                json.element()
                json.string(field.name.description)
            }
        }
        json.name("properties")
        json.object { json in
            for field in shape.fields {
                json.name(field.name)
                json.object { json in
                    json.name("description")
                    json.string(field.details)
                    write(field.type, isNullable: field.isNullable, to: &json)
                }
            }
        }
    }

    private static func write(_ type: FieldType, isNullable: Bool = false, to json: inout JSONWriter) {
        switch type {
        case .record(let shape):
            writeRecord(shape, to: &json)
        case .table(let table):
            json.name("type")
            json.string("object")
            json.name("propertyNames")
            json.object { writePattern(Handle.pattern, to: &$0) }
            json.name("additionalProperties")
            json.object { write(table.element, to: &$0) }
        case .list(let list):
            json.name("type")
            json.string("array")
            json.name("minItems")
            json.integer(list.count.lowerBound)
            if list.count.upperBound != .max {
                json.name("maxItems")
                json.integer(list.count.upperBound)
            }
            json.name("items")
            json.object { write(list.element, to: &$0) }
        case .freeMapping:
            writeType("object", isNullable, to: &json)
            writeSettings(to: &json)
        case .boolean:
            writeType("boolean", isNullable, to: &json)
        case .integer(let minimum, let maximum):
            writeType("integer", isNullable, to: &json)
            json.name("minimum")
            json.integer(minimum)
            json.name("maximum")
            json.integer(maximum)
        default:
            writeText(type, isNullable, to: &json)
        }
    }

    /// Describes the keys of `config` that slugs read, for the completion of editors; a value may be anything.
    private static func writeSettings(to json: inout JSONWriter) {
        json.name("properties")
        json.object { json in
            for name in ProviderSlug.settingNames {
                let uses = ProviderSlug.uses(ofSetting: name).map { use in
                    "\(use.slugs.map(\.rawValue).joined(separator: ", ")): \(use.summary)"
                }
                json.name(name)
                json.object { json in
                    json.name("description")
                    json.string(uses.joined(separator: " "))
                }
            }
        }
    }

    private static func writeText(_ type: FieldType, _ isNullable: Bool, to json: inout JSONWriter) {
        if let words = words(of: type) {
            json.name("enum")
            json.strings(words)
            return
        }
        writeType("string", isNullable, to: &json)
        if case .text(let maximum) = type {
            json.name("minLength")
            json.integer(1)
            json.name("maxLength")
            json.integer(maximum)
        }
        if let pattern = pattern(of: type) { writePattern(pattern, to: &json) }
    }

    private static func writeType(_ name: String, _ isNullable: Bool, to json: inout JSONWriter) {
        json.name("type")
        guard isNullable else { return json.string(name) }
        json.array(of: [name, "null"]) { name, json in
            json.string(name)
        }
    }

    private static func writePattern(_ pattern: String, to json: inout JSONWriter) {
        json.name("pattern")
        json.string(pattern)
    }

    /// The texts that a field may hold, when they can be counted.
    private static func words(of type: FieldType) -> [String]? {
        switch type {
        case .slug: ProviderSlug.allCases.map(\.rawValue)
        case .effect: Access.Effect.allCases.map(\.rawValue)
        case .action: ActionPattern.names
        default: nil
        }
    }

    private static func pattern(of type: FieldType) -> String? {
        switch type {
        case .providerID: idPattern(ProviderKind.prefix)
        case .secretID: idPattern(SecretKind.prefix)
        case .projectID: idPattern(ProjectKind.prefix)
        case .tokenID: idPattern(TokenKind.prefix)
        case .handle: Handle.pattern
        case .hex(let digits): "^[0-9a-f]{\(digits)}$"
        case .date: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
        case .days: "^[0-9]{1,4}d$"
        case .sealingKeyID: "^rk_[0-9a-f]{32}$"
        default: nil
        }
    }

    private static func idPattern(_ prefix: StaticString) -> String { "^\(prefix)[A-Za-z0-9]{16}$" }
}
