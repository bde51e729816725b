import RosterBytes
import RosterDiagnostics
package import RosterEditing
import RosterFrontend
import RosterJSON
package import RosterModel
import RosterSemantics
import SealedBoxes

/// Compares drafted providers with a project, and plans one edit that adds what it does not have.
package struct ImportPlanner: Sendable {
    /// A provider of the result.
    package struct Provider: Sendable {
        /// `<project>/<handle>`.
        package var fullName: String
        /// The names in the other program.
        package var names: [String]
        /// A Boolean value that indicates whether the edit creates it.
        package var isNew: Bool
    }

    let editor: Editor
    let project: String
    let today: CalendarDate
    /// The form of values for Bedrock.
    let bedrock: BedrockValueForm
    private(set) var draft: ImportDraft
    /// The position of the draft that each draft is equal to.
    private var canonical: [Int] = []
    /// The fields of each draft that is written or exists, with its secret.
    private var handles: [Int: String] = [:]
    private var endpoints: [Int: Endpoint] = [:]
    private var existing: Set<Int> = []
    var secrets: [ImportedSecret] = []
    /// The position of the secret of each draft.
    private var secretOf: [Int: Int] = [:]
    /// The first draft with each key, which gives its secret a name.
    private var firstOf: [ImportedKey: ImportedProvider] = [:]
    /// The drafts with the content of a provider whose key is not known to be theirs.
    private var isSecretUnknown: Set<Int> = []
    /// The handles of the secrets that existing providers link, by draft.
    private var linkedBy: [Int: String] = [:]

    /// Creates a planner.
    ///
    /// - Throws: ``EditFailure`` without the project.
    package init(
        _ draft: ImportDraft,
        in editor: Editor,
        project: String,
        today: CalendarDate,
        bedrock: BedrockValueForm
    ) throws(EditFailure) {
        _ = try editor.project(project)
        (self.draft, self.editor, self.project) = (draft, editor, project)
        (self.today, self.bedrock) = (today, bedrock)
    }

    /// Compares the drafts with each other and with the project.
    package mutating func compare() async throws {
        mergeEqual()
        try await refuseUnusable()
        matchExisting()
        groupSecrets()
        nameNew()
        nameSecrets()
    }

    /// The position of each draft that is not equal to an earlier one.
    private var own: [Int] { draft.providers.indices.filter { canonical[$0] == $0 && draft.providers[$0] != nil } }

    /// Returns the drafted provider at a position that has one.
    private func provider(_ index: Int) -> ImportedProvider? { draft.providers[index] }

    // MARK: - Comparing

    private mutating func mergeEqual() {
        var first: [String: [Int]] = [:]
        canonical = Array(draft.providers.indices)
        for index in draft.providers.indices {
            guard let provider = draft.providers[index] else { continue }
            let same = first[provider.content]?.first { draft.providers[$0]?.key == provider.key }
            guard let same else {
                first[provider.content, default: []].append(index)
                continue
            }
            canonical[index] = same
            for name in provider.names where draft.providers[same]?.names.contains(name) != true {
                draft.providers[same]?.names.append(name)
            }
            let message = "the same endpoint, model, settings and key as another deployment: one provider"
            draft.notes.add(.changed, message, at: provider.place, provider: index)
        }
    }

    /// Drops drafts that `check` would refuse, so that the others can be written.
    private mutating func refuseUnusable() async throws {
        for index in own {
            guard let provider = provider(index) else { continue }
            var fields = provider.fields
            if provider.key != nil { fields.set("secret", to: .string("key")) }
            let preview = try await EndpointPreview(of: fields, today: today)
            if preview.error == nil, let endpoint = preview.endpoint {
                endpoints[index] = endpoint
                continue
            }
            let help = preview.error?.help.map { "; \($0)" } ?? ""
            let message = (preview.error?.message ?? "its endpoint cannot be determined") + help
            for other in draft.providers.indices where canonical[other] == index {
                draft.notes.add(.refused, message, at: draft.providers[other]?.place ?? provider.place)
                draft.providers[other] = nil
            }
        }
    }

    /// Finds the providers of the project with the content of a draft, under any name.
    private mutating func matchExisting() {
        for index in own {
            guard let provider = provider(index), let key = provider.key, firstOf[key] == nil else { continue }
            firstOf[key] = provider
        }
        var found: [String: [PartialRegistry.Outline.Provider]] = [:]
        for provider in editor.survey.providers where provider.project == project {
            guard let bytes = try? editor.read(provider.path), let object = PlainDocument.object(in: bytes),
                let content = ImportedProvider.content(of: object)
            else { continue }
            found[content, default: []].append(provider)
        }
        for match in [Match.name, .number, .other] {
            for index in own where !existing.contains(index) {
                guard let draft = provider(index),
                    let position = found[draft.content]?.firstIndex(where: { self.match($0, draft) == match }),
                    let provider = found[draft.content]?.remove(at: position)
                else { continue }
                existing.insert(index)
                handles[index] = provider.handle
                guard match == .other, let secret = provider.secret else {
                    linkedBy[index] = provider.secret
                    continue
                }
                isSecretUnknown.insert(index)
                let message = "the project has this endpoint and model with the secret \(secret), which stays as it is"
                self.draft.notes.add(.changed, message, at: draft.place, provider: index)
            }
        }
    }

    /// The similarity of the secret of a provider to that of a draft with the same content.
    private enum Match {
        /// The secret has the name that an import gives it, or neither has a secret.
        case name
        /// The secret has such a name with a number.
        case number
        /// The secret has a name that no import gave it.
        case other
    }

    /// Returns the similarity of the secrets; nil when they differ.
    private func match(_ provider: PartialRegistry.Outline.Provider, _ draft: ImportedProvider) -> Match? {
        guard let key = draft.key, let handle = provider.secret else {
            return draft.key == nil && provider.secret == nil ? .name : nil
        }
        let secret = ImportedSecret(key: key, hosts: [], slugs: [], fields: draft, named: firstOf[key] ?? draft)
        let found = editor.survey.secrets.first { $0.project == project && $0.handle == handle }
        if handle == secret.usualHandle || found?.name == secret.label { return .name }
        let prefix = secret.usualHandle + "-"
        let isNumbered = handle.hasPrefix(prefix) && Int(handle.dropFirst(prefix.count)) != nil
        guard let found else { return isNumbered ? .number : nil }
        // The label of another import is that of another key.
        let isImported = found.name.hasPrefix(ImportedSecret.labelPrefix) || Self.isVariable(found.name)
        return isImported ? nil : .other
    }

    private static func isVariable(_ text: String) -> Bool {
        text.utf8.allSatisfy {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0.isASCIIDigit || $0 == UInt8(ascii: "_")
        }
    }

    // MARK: - Names

    private mutating func groupSecrets() {
        for index in own where !isSecretUnknown.contains(index) {
            guard let provider = provider(index), let key = provider.key, let endpoint = endpoints[index] else {
                continue
            }
            let hosts = endpoint.allowedHosts.sorted()
            let same = secrets.firstIndex { $0.key == key && $0.hosts == hosts }
            if let same {
                secrets[same].slugs.insert(provider.slug)
                secretOf[index] = same
            } else {
                secretOf[index] = secrets.count
                secrets.append(
                    ImportedSecret(
                        key: key,
                        hosts: hosts,
                        slugs: [provider.slug],
                        fields: provider,
                        named: firstOf[key] ?? provider
                    )
                )
            }
        }
    }

    private mutating func nameNew() {
        var used: Set<String> = []
        for index in own where !existing.contains(index) {
            guard let provider = provider(index) else { continue }
            var name = provider.names.first ?? provider.model
            // Exports name a model after its project and provider.
            if name.hasPrefix(project + "/") { name = String(name.dropFirst(project.count + 1)) }
            let handle = editor.handle(for: name, slug: provider.slug.rawValue, in: project, avoiding: used)
            used.insert(handle)
            handles[index] = handle
        }
    }

    /// Chooses the secret that each draft links: the one of an existing provider, one of the project, or a new one.
    private mutating func nameSecrets() {
        var used: Set<String> = []
        for position in secrets.indices {
            secrets[position].project = project
            let secret = secrets[position]
            let linked = own.first { secretOf[$0] == position && linkedBy[$0] != nil }.flatMap { linkedBy[$0] }
            if let handle = linked ?? existingSecret(secret, avoiding: used) {
                secrets[position].handle = handle
            } else {
                var handle = secret.usualHandle
                var number = 1
                while used.contains(handle) || editor.hasSecretFile(handle, in: project) {
                    number += 1
                    handle = secret.usualHandle + "-\(number)"
                }
                secrets[position].handle = handle
            }
            used.insert(secrets[position].handle)
        }
    }

    /// Returns the secret of the project that an earlier import made of the same variable for the same hosts.
    private func existingSecret(_ secret: ImportedSecret, avoiding used: Set<String>) -> String? {
        editor.survey.secrets.first { found in
            found.project == project && !used.contains(found.handle)
                && (found.name == secret.label || found.handle == secret.usualHandle)
                && secret.hosts.allSatisfy { host in found.allowedHosts.contains { $0.text == host } }
        }?.handle
    }

    // MARK: - The edit

    /// Returns the names of the drafts, by position; nil for one that is not written.
    package var names: [String?] {
        draft.providers.indices.map { index in
            guard draft.providers[index] != nil else { return nil }
            return handles[canonical[index]].map { "\(project)/\($0)" }
        }
    }

    /// The providers, in the order of the files.
    package var providers: [Provider] {
        own.compactMap { index in
            guard let provider = provider(index), let handle = handles[index] else { return nil }
            return Provider(fullName: "\(project)/\(handle)", names: provider.names, isNew: !existing.contains(index))
        }
    }

    /// The values that findings about a secret are reported at, by the secret's position.
    func places(ofSecret position: Int) -> [(place: ImportPlace, draft: Int)] {
        own.filter { secretOf[$0] == position }.compactMap { index in provider(index).map { ($0.place, index) } }
    }

    /// Returns a Boolean value that indicates whether a draft is a provider that the project already has.
    func isExisting(_ index: Int) -> Bool { existing.contains(index) }

    /// Adds a remark.
    mutating func note(_ kind: ImportFinding.Kind, _ message: String, at place: ImportPlace, draft index: Int) {
        draft.notes.add(kind, message, at: place, provider: index)
    }

    /// Returns the files of the new providers.
    func newProviders() throws(EditFailure) -> [EditedFile] {
        var files: [EditedFile] = []
        for index in own where !existing.contains(index) {
            guard let provider = provider(index), let handle = handles[index] else { continue }
            var fields = provider.fields
            var newSecret: NewSecret?
            if let position = secretOf[index] {
                let secret = secrets[position].handle
                fields.set("secret", to: .string(secret))
                if !editor.hasSecretFile(secret, in: project) { newSecret = NewSecret(handle: secret) }
            }
            let wanted = NewProvider(project: project, handle: handle, fields: fields, newSecret: newSecret)
            files += try editor.files(of: .createProvider(wanted), force: false)
        }
        return files
    }
}

extension ImportedProvider {
    /// Returns the text that is equal to ``content`` for a provider's file with the same content.
    static func content(of file: JSONObject) -> String? {
        guard let slug = file["provider"]?.string.flatMap(ProviderSlug.init(rawValue:)),
            let model = file["defaultModel"]?.string
        else { return nil }
        var config = file["config"]?.object ?? JSONObject()
        config.members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return ImportedProvider(
            names: [],
            slug: slug,
            model: model,
            baseURL: file["baseUrl"]?.string,
            config: config,
            place: ImportPlace(file: 0, value: 0)
        ).content
    }
}
