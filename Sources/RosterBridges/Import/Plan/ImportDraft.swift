import RosterEditing
package import RosterJSON
package import RosterModel

/// The origin of a key, without its value.
package enum ImportedKey: Hashable, Sendable {
    /// A part of a key.
    package enum Part: Hashable, Sendable {
        /// The value of a variable.
        case variable(String)
        /// A value in a file, in the clear; of equal values the first one.
        case value(ImportPlace)
    }

    /// A key that is sent as it is.
    case plain(Part)
    /// An access key of AWS.
    case aws(id: Part, secret: Part, token: Part?)

    /// The variables of all parts.
    var variables: [String] {
        let parts: [Part] =
            switch self {
            case .plain(let part): [part]
            case .aws(let id, let secret, let token): [id, secret] + [token].compactMap(\.self)
            }
        return parts.compactMap { if case .variable(let name) = $0 { name } else { nil } }
    }
}

/// A provider that an import may create.
package struct ImportedProvider: Sendable {
    /// The names that clients of the other program use, the first of which is the provider's.
    package var names: [String]
    package var slug: ProviderSlug
    package var model: String
    package var baseURL: String?
    /// The settings, sorted by their names.
    package var config: JSONObject
    /// The key; nil when requests have none.
    package var key: ImportedKey?
    /// The value that findings about the whole provider are reported at.
    package var place: ImportPlace

    /// The members of the provider's file, without its secret.
    package var fields: JSONObject {
        var fields = JSONObject(members: [
            "name": .string(names.first ?? model), "provider": .string(slug.rawValue), "defaultModel": .string(model),
        ])
        if let baseURL { fields.set("baseUrl", to: .string(baseURL)) }
        if !config.members.isEmpty { fields.set("config", to: .object(config)) }
        return fields
    }

    /// A text that is equal for providers with the same endpoint, model and settings.
    var content: String {
        var json = JSONWriter(.compact)
        json.value(.array([.string(slug.rawValue), .string(model), .string(baseURL ?? ""), .object(config)]))
        return json.text
    }
}

/// The result of reading another program's configuration: providers that are not compared with the repository yet.
package struct ImportDraft: Sendable {
    /// The providers; nil for a deployment that was refused.
    package var providers: [ImportedProvider?] = []
    /// The remarks about the values of the files.
    package var notes = ImportNotes()
}
