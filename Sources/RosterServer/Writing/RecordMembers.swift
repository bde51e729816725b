import RosterBytes
import RosterCompiler
import RosterDiagnostics
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSemantics
import RosterSources

/// The members of a record that a client sent, as fields of its file.
struct RecordMembers {
    private let members: JSONObject
    private let snapshot: Snapshot
    private var diagnostics: [Diagnostic] = []

    init(_ members: JSONObject, in snapshot: Snapshot) { (self.members, self.snapshot) = (members, snapshot) }

    /// The members that a file has under the same name.
    private static let fileMembers = ["name", "provider", "defaultModel", "baseUrl", "config"]

    /// Returns the project of `projectId`; nil when there is no project with that id.
    mutating func project() throws(Problem) -> Project? {
        guard let value = members["projectId"] else {
            throw .unprocessable(
                "\"projectId\" is missing: add the id of the project that the provider is for",
                [Self.diagnostic(MissingField.name, "\"projectId\" is missing", path: "providers")]
            )
        }
        guard let text = value.string else {
            throw .unprocessable(
                "\"projectId\" must be a text",
                [Self.diagnostic(WrongType.name, "\"projectId\" must be a text", path: "providers")]
            )
        }
        guard let id = ProjectID(text) else { return nil }
        return snapshot.registry.projects.first { $0.id == id }
    }

    /// Returns the fields of a new provider's file, in the order of the format, without its id.
    mutating func newFields(of project: Project, path: String) throws(Problem) -> JSONObject {
        for member in members.members where member.name != "projectId" { check(member, path: path) }
        let secret = secretHandle(in: project, path: path)
        try refuse()
        var fields = JSONObject()
        for field in RecordShape.provider.fields {
            let name = field.name.description
            if name == "secret", case .string(let handle)? = secret {
                fields.members.append(JSONObject.Member(name: name, value: .string(handle)))
            }
            guard Self.fileMembers.contains(name), let value = members[name] else { continue }
            // Null in a record is an absent field in the file.
            if value == .null, field.isNullable { continue }
            fields.members.append(JSONObject.Member(name: name, value: value))
        }
        return fields
    }

    /// Returns the fields that a merge patch changes in a provider's file.
    mutating func changedFields(
        of provider: Provider,
        path: String
    ) throws(Problem) -> [(path: [String], value: JSONValue?)] {
        var fields: [(path: [String], value: JSONValue?)] = []
        for member in members.members where !isAsItIs(member, provider) {
            guard !Self.fixedMembers.contains(member.name) else {
                report(InvalidValue.name, "\"\(member.name)\" of a provider cannot be changed", path)
                continue
            }
            check(member, path: path)
            switch member.name {
            case "secretId": break
            case "config":
                let old = provider.config.map { JSONValue.object($0) }
                fields.append((["config"], member.value == .null ? nil : MergePatch.apply(member.value, to: old)))
            default: fields.append(([member.name], member.value == .null ? nil : member.value))
            }
        }
        if members["secretId"] != nil,
            let project = snapshot.registry.projects.first(where: { $0.id == provider.projectID })
        {
            fields.append((["secret"], secretHandle(in: project, path: path)))
        }
        try refuse()
        return fields
    }

    /// The members that a client may only send back unchanged.
    private static let fixedMembers = ["id", "projectId", "createdAt", "updatedAt"]

    private func isAsItIs(_ member: JSONObject.Member, _ provider: Provider) -> Bool {
        switch member.name {
        case "id": member.value == .string(provider.id.description)
        case "projectId": member.value == .string(provider.projectID.description)
        case "createdAt": member.value == .string(provider.createdAt.description)
        case "updatedAt": member.value == .string(provider.updatedAt.description)
        default: false
        }
    }

    /// Returns the file's `secret`; nil when there is none, or when the requested one is invalid, which is reported.
    private mutating func secretHandle(in project: Project, path: String) -> JSONValue? {
        switch members["secretId"] {
        case nil, .null: return nil
        case .string(let text):
            let secret = SecretID(text).flatMap { id in
                snapshot.registry.secrets.first { $0.id == id && $0.projectID == project.id }
            }
            guard let secret else {
                let form = SecretID(text) == nil ? "; \"secretId\" is an id, sec_…, and not a secret's name" : ""
                report(UnknownSecret.name, "the project has no secret of this id\(form)", path)
                return nil
            }
            return .string(secret.handle.text)
        default:
            report(WrongType.name, "\"secretId\" must be a text or null", path)
            return nil
        }
    }

    private mutating func check(_ member: JSONObject.Member, path: String) {
        guard Self.fileMembers.contains(member.name) || member.name == "secretId" else {
            let name = PercentEncoding.shown(member.name)
            report(UnknownField.name, "a provider has no member \"\(name)\" that can be set", path)
            return
        }
        guard Self.size(of: member.value) <= FileRole.provider.sizeLimit else {
            report(FileTooLarge.name, "\"\(member.name)\" is larger than a provider's file may be", path)
            return
        }
        if Self.hasControlCharacter(member.value) {
            report(InvalidValue.name, "\"\(member.name)\" has a control character", path)
        }
    }

    /// Returns the smallest number of bytes of a value in any notation.
    private static func size(of value: JSONValue) -> Int {
        switch value {
        case .string(let text): text.utf8.count + 1
        case .array(let elements): elements.reduce(2) { $0 + 1 + size(of: $1) }
        case .object(let object): object.members.reduce(2) { $0 + $1.name.utf8.count + 2 + size(of: $1.value) }
        default: 1
        }
    }

    private static func hasControlCharacter(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): text.unicodeScalars.contains { $0.properties.generalCategory == .control }
        case .array(let elements): elements.contains(where: hasControlCharacter)
        case .object(let object):
            object.members.contains { hasControlCharacter(.string($0.name)) || hasControlCharacter($0.value) }
        default: false
        }
    }

    /// The largest number of problems in a response.
    private static let mostReported = 50

    private mutating func report(_ rule: String, _ message: String, _ path: String) {
        guard diagnostics.count < Self.mostReported else { return }
        diagnostics.append(Self.diagnostic(rule, message, path: path))
    }

    private static func diagnostic(_ rule: String, _ message: String, path: String) -> Diagnostic {
        Diagnostic(rule: rule, severity: .error, message: message, place: Diagnostic.Place(path: path))
    }

    private func refuse() throws(Problem) {
        guard let first = diagnostics.first else { return }
        throw .unprocessable(first.message, diagnostics)
    }
}
