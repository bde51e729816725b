import RosterDiagnostics
package import RosterFrontend
import RosterJSON
package import RosterModel
package import RosterSources

/// A provider of the registry as a view of its declaration, file, dates and link, without a copy of them.
package struct ProviderRecord: RecordSource {
    let declaration: Shared<ProviderDeclaration>
    let file: TreeFile
    /// The line of the record's first key, from 1.
    let line: Int
    let dates: FileDates

    let id: ProviderID
    let projectID: ProjectID
    let secretID: SecretID?
    let name: String
    let slug: ProviderSlug
    let defaultModel: String

    /// Creates a view of a declaration; nil when a part of it was refused.
    package init?(
        _ declaration: Shared<ProviderDeclaration>,
        in file: TreeFile,
        line: Int,
        dates: FileDates,
        projectID: ProjectID?,
        secretID: SecretID?
    ) {
        guard let id = declaration.value.id, let name = declaration.value.name, let slug = declaration.value.slug,
            let defaultModel = declaration.value.defaultModel, let projectID
        else { return nil }
        self.declaration = declaration
        self.file = file
        self.line = line
        self.dates = dates
        self.projectID = projectID
        self.secretID = secretID
        (self.id, self.name, self.slug, self.defaultModel) = (id.value, name.value, slug.value, defaultModel.value)
    }

    var baseURL: String? { declaration.value.baseURL.located?.value }
    var createdAt: Timestamp { Timestamp(secondsSince1970: dates.created) }
    var updatedAt: Timestamp { Timestamp(secondsSince1970: dates.updated) }

    /// A Boolean value that indicates whether requests carry a key.
    ///
    /// A provider whose slug takes the host's own identity in place of a secret requests that when it has no secret, since
    /// `ambient-credentials` is an error otherwise.
    private var isKeyed: Bool { secretID != nil || slug.facts.secret == .orAmbient }

    func writeConfig(to json: inout JSONWriter) {
        switch declaration.value.config.located?.value {
        case .json(let text): json.encoded(text)
        case .values(let config): json.value(.object(config))
        case .valid, nil: json.null()
        }
    }

    /// Writes the record with the members that only the registry has, and returns the places of its dates.
    func write(to json: inout JSONWriter) -> JSONWriter.DatePlaces {
        var places = JSONWriter.DatePlaces(created: 0, updated: 0)
        json.object { json in
            places = json.recordMembers(of: self)
            json.name("handle")
            let suffix = RepositoryLayout.recordSuffix.utf8.count
            json.verbatim(atMost: file.name.utf8.count) { $0.append(file.name, withoutLast: suffix) }
            json.source(line: line) { json in
                json.verbatim(atMost: file.folder.utf8.count + 1 + file.name.utf8.count) { path in
                    path.append(file.folder)
                    path.append(UInt8(ascii: "/"))
                    path.append(file.name)
                }
            }
            json.endpoint(declaration.value.endpoint, isKeyed: isKeyed)
        }
        return places
    }

    /// The provider as a value; without `config` unless that was read as a value.
    var provider: Provider? {
        guard let handle = Handle(file.handle) else {
            return nil
        }
        return Provider(
            id: id,
            projectID: projectID,
            secretID: secretID,
            name: name,
            slug: slug,
            defaultModel: defaultModel,
            baseURL: baseURL,
            config: declaration.value.config.located?.value.values,
            createdAt: createdAt,
            updatedAt: updatedAt,
            handle: handle,
            source: Registry.Source(path: file.path, line: line)
        )
    }
}
