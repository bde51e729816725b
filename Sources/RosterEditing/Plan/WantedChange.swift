package import RosterJSON
package import RosterModel

/// A requested change of records, without reference to files.
package enum WantedChange: Sendable {
    case createProvider(NewProvider)
    case updateProvider(String, ProviderUpdate)
    case deleteProvider(String, withSecret: Bool)
    case addProject(handle: String, name: String)
    case createPolicy(Access.Policy)
    case deletePolicy(String)
    case createToken(Access.Token)
    case revokeToken(String)
}

/// A provider to create.
package struct NewProvider: Sendable {
    /// The project's handle.
    package var project: String
    /// The file's name; nil to make one from the provider's name.
    package var handle: String?
    /// The members of its file, without the id.
    package var fields: JSONObject
    /// The secret that is created in the same edit, and that ``fields`` link.
    package var newSecret: NewSecret?

    package init(project: String, handle: String?, fields: JSONObject, newSecret: NewSecret? = nil) {
        self.project = project
        self.handle = handle
        self.fields = fields
        self.newSecret = newSecret
    }
}

/// A secret that is created in the same edit as the provider that links it.
package struct NewSecret: Sendable {
    /// The file's name.
    package var handle: String
    /// The sealed file; nil while the value is not known, in a plan that is only checked.
    package var file: [UInt8]?

    package init(handle: String, file: [UInt8]? = nil) {
        self.handle = handle
        self.file = file
    }
}

/// The changes of a provider.
package struct ProviderUpdate: Sendable {
    /// The file's new name; nil to keep it.
    package var handle: String?
    /// Members by their path in the file, in the order of their change; nil removes one.
    package var fields: [(path: [String], value: JSONValue?)]

    package init(handle: String? = nil, fields: [(path: [String], value: JSONValue?)] = []) {
        self.handle = handle
        self.fields = fields
    }
}

extension Editor {
    /// Returns the files of a requested change after the edit, for a plan of several changes.
    package func files(of change: WantedChange, force: Bool) throws(EditFailure) -> [EditedFile] {
        switch change {
        case .createProvider(let provider): try create(provider)
        case .updateProvider(let name, let update): try self.update(name, update)
        case .deleteProvider(let name, let withSecret): try delete(name, withSecret: withSecret)
        case .addProject(let handle, let name): [try addProject(handle, name: name)]
        case .createPolicy(let policy): [try create(policy)]
        case .deletePolicy(let name): [try deletePolicy(name, force: force)]
        case .createToken(let token): [try create(token)]
        case .revokeToken(let name): [try revokeToken(name)]
        }
    }
}
