import RosterBytes
import RosterEditing
import YAMLSyntax

/// A configuration of LiteLLM's proxy that is read as providers.
///
/// https://docs.litellm.ai/docs/proxy/configs
package struct LiteLLMImport: Sendable {
    /// The files.
    package internal(set) var source: ImportSource
    var draft = ImportDraft()
    /// The variables that the files set.
    var variables: [String: ImportPlace] = [:]
    /// The credentials by their names.
    var credentials: [String: [ImportSource.Entry]] = [:]
    /// The model of a provider whose models are a wildcard, by the provider's name.
    let models: [String: String]
    /// The first place of each key in the clear, by the hash of its bytes.
    var keys: [Int: [ImportPlace]] = [:]
    private var deployments: [ImportPlace] = []
    private var aliases: [(name: String, target: String, place: ImportPlace)] = []

    /// The reader of an included file, by its path relative to the folder of the configuration.
    package typealias Loader = (_ path: String) throws(ImportFailure) -> [UInt8]

    /// The largest number of files that are read.
    package static let fileLimit = 100

    /// Reads a configuration and the files that it includes.
    ///
    /// - Parameters:
    ///   - bytes: the configuration.
    ///   - name: its name for messages.
    ///   - models: the model of each provider of LiteLLM whose models are a wildcard.
    ///   - load: reads an included file.
    /// - Throws: ``ImportFailure`` with the place of the first problem.
    package init(_ bytes: [UInt8], named name: String, models: [String: String], load: Loader) throws(ImportFailure) {
        source = ImportSource()
        self.models = models
        let folder = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
        let base = name.dropFirst(folder.count)
        var waiting: [(path: String, bytes: [UInt8])] = [(String(base), bytes)]
        var known: Set<String> = [String(base)]
        while !waiting.isEmpty {
            let (path, bytes) = waiting.removeFirst()
            let file = try source.add(bytes, named: folder + path)
            guard let root = source.root(of: file) else { continue }
            guard source.node(root).kind == .mapping else {
                throw ImportFailure("\(source.shown(root)): a mapping with model_list is expected")
            }
            for entry in try source.entries(root, &draft.notes) where entry.key == "include" {
                for place in source.elements(entry.place) {
                    let included = try Self.path(source.text(place) ?? "", from: path, source.shown(place))
                    guard known.insert(included).inserted else {
                        draft.notes.add(.left, "this file was read already", at: place)
                        continue
                    }
                    guard known.count <= Self.fileLimit else {
                        throw ImportFailure("\(source.shown(place)): more than \(Self.fileLimit) files are included")
                    }
                    do throws(ImportFailure) {
                        waiting.append((included, try load(included)))
                    } catch {
                        throw ImportFailure("\(source.shown(place)): \(error.message)", help: error.help)
                    }
                    draft.notes.add(.taken, "read", at: place)
                }
            }
        }
    }

    /// Returns the path of an included file, relative to the folder of the configuration.
    private static func path(_ text: String, from file: String, _ place: String) throws(ImportFailure) -> String {
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        let parts = (folder + text).split(separator: "/").filter { $0 != "." }
        guard !text.isEmpty, !text.hasPrefix("/"), !parts.contains(".."), !text.utf8.contains(0), !parts.isEmpty else {
            throw ImportFailure(
                "\(place): an included file has to be in the folder of the configuration",
                help: "move it there, and name it by its path from there"
            )
        }
        return parts.joined(separator: "/")
    }

    /// Reads the deployments.
    ///
    /// - Parameter values: the variables whose values are known.
    /// - Returns: the providers, which are not compared with a repository yet.
    /// - Throws: ``ImportFailure`` with the place of a problem.
    package mutating func read(using values: borrowing ImportVariables) throws(ImportFailure) -> ImportDraft {
        for file in source.files.indices { try collect(file) }
        for place in deployments { try readDeployment(place, values) }
        nameAliases()
        return draft
    }

    /// Finds the parts of a file that deployments are read from.
    private mutating func collect(_ file: Int) throws(ImportFailure) {
        guard let root = source.root(of: file) else { return }
        for entry in try source.entries(root, &draft.notes) {
            switch entry.key {
            case "model_list":
                deployments += source.isAbsent(entry.place) ? [] : source.elements(entry.place)
            case "environment_variables":
                for variable in try source.entries(entry.place, &draft.notes) {
                    variables[variable.key] = variable.place
                }
            case "credential_list":
                for place in source.elements(entry.place) { try collectCredential(place) }
            case "router_settings", "litellm_settings":
                for setting in try source.entries(entry.place, &draft.notes)
                where ["model_group_alias", "model_alias_map"].contains(setting.key) {
                    try collectAliases(setting.place)
                }
            default: break
            }
        }
    }

    private mutating func collectCredential(_ place: ImportPlace) throws(ImportFailure) {
        var name: String?
        var values: [ImportSource.Entry] = []
        for entry in try source.entries(place, &draft.notes) {
            if entry.key == "credential_name" { name = source.text(entry.place) }
            if entry.key == "credential_values" { values = try source.entries(entry.place, &draft.notes) }
        }
        if let name { credentials[name] = values }
    }

    private mutating func collectAliases(_ place: ImportPlace) throws(ImportFailure) {
        for alias in try source.entries(place, &draft.notes) {
            var target = alias.place
            // An alias is a name, or a mapping with the name at `model`.
            for entry in try source.entries(alias.place, &draft.notes) where entry.key == "model" {
                target = entry.place
            }
            guard let name = source.text(target) else { continue }
            aliases.append((alias.key, name, target))
        }
    }

    /// Adds the other names of models to the providers that they stand for.
    private mutating func nameAliases() {
        for (name, target, place) in aliases {
            let found = draft.providers.indices.filter { draft.providers[$0]?.names.contains(target) == true }
            guard !found.isEmpty else {
                draft.notes.add(.left, "an alias of a model that no provider has", at: place)
                continue
            }
            for index in found {
                draft.providers[index]?.names.append(name)
                draft.notes.add(
                    .changed,
                    "\"\(name)\" is another name of it; clients use the provider's",
                    at: place,
                    provider: index
                )
            }
        }
    }
}
