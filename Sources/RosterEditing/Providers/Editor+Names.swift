import RosterCompiler
import RosterFrontend
import RosterModel
package import RosterSemantics
import RosterSources

// Finds records by the names that users enter.

extension Editor {
    /// Returns the provider with a name: `<project>/<handle>`, a handle that no other provider has, or an id.
    package func provider(_ name: String) throws(EditFailure) -> PartialRegistry.Outline.Provider {
        let name = try fullName(ofProvider: name) ?? name
        if let found = survey.providers.first(where: { $0.project + "/" + $0.handle == name || $0.id == name }) {
            return found
        }
        guard contents["providers/\(name).yaml"] == nil else {
            throw EditFailure(.unreadable, "providers/\(name).yaml has errors", help: "see them: roster check")
        }
        throw Self.unknown(
            "there is no provider \"\(name)\"",
            name,
            among: survey.providers.map { $0.project + "/" + $0.handle },
            orElse: "list them: roster provider list"
        )
    }

    /// Returns the full name of the only provider with a handle; nil when the text is not the handle of a provider.
    ///
    /// Files that cannot be read count: the user may mean one of them.
    func fullName(ofProvider text: String) throws(EditFailure) -> String? {
        guard Handle(text) != nil else { return nil }
        return try Self.fullName(text, "provider", among: checked.providerPlaces.map { $0.project + "/" + $0.handle })
    }

    /// Returns the full name of the only record with a handle; nil when there is none.
    package static func fullName(
        _ text: String,
        _ noun: String,
        among names: [String]
    ) throws(EditFailure) -> String? {
        let found = BareHandle.matches(text, among: names)
        guard found.count > 1 else { return found.first }
        throw EditFailure(
            .notFound,
            BareHandle.message(text, noun, found),
            help: BareHandle.remedy(found)
        )
    }

    /// Returns the project with a handle.
    package func project(_ handle: String) throws(EditFailure) -> PartialRegistry.Outline.Project {
        if let found = survey.projects.first(where: { $0.handle == handle }) { return found }
        let known = survey.projects.map(\.handle)
        throw Self.unknown(
            "roster.yaml has no project \"\(handle)\"",
            handle,
            among: known,
            orElse: (known.isEmpty ? "" : "it has \(known.joined(separator: ", ")); ")
                + "add one: roster project add \(Handle(handle) == nil ? "HANDLE" : handle)"
        )
    }

    /// Creates the failure for an unknown record, with the most similar existing name.
    package static func unknown(
        _ message: String,
        _ name: String,
        among names: [String],
        orElse help: String
    ) -> EditFailure {
        let suffix = handle(inPath: name)
        let whole = names.filter { $0 == suffix || $0.hasSuffix("/" + suffix) }
        guard whole.count < 2 else {
            return EditFailure(.notFound, message, help: "write which one: \(whole.prefix(5).joined(separator: ", "))")
        }
        let handles = suffix.contains("/") ? [] : names.map { String($0.drop { $0 != "/" }.dropFirst()) }
        let sibling = NearestName.find(suffix, among: handles).flatMap { near in
            names.first { $0.hasSuffix("/" + near) }
        }
        let nearest = whole.first ?? NearestName.find(suffix, among: names) ?? sibling
        return EditFailure(.notFound, message, help: nearest.map { "did you mean \"\($0)\"?" } ?? help)
    }

    /// Returns a name without the folder and the suffix of its file.
    private static func handle(inPath name: String) -> String {
        var name = name.hasSuffix(RepositoryLayout.recordSuffix) ? String(name.dropLast(5)) : name
        for folder in ["providers/", "secrets/"] where name.hasPrefix(folder) { name.removeFirst(folder.count) }
        return name
    }

    /// Rejects text that is not a valid handle.
    static func check(handle: String) throws(EditFailure) {
        guard Handle(handle) == nil else { return }
        throw EditFailure(
            .invalid,
            "\"\(handle)\" is not a handle",
            help: "it is 1 to 63 of a-z, 0-9 and inner hyphens, such as gpt-4o"
        )
    }

    /// Returns the handle of a new provider with a name in a project, other than those of other new providers.
    package func handle(
        for name: String,
        slug: String,
        in project: String,
        avoiding others: Set<String> = []
    ) -> String {
        var handle = ""
        let letters = name.lowercased().map { Self.plainLetters[$0] ?? String($0) }.joined()
        for scalar in letters.unicodeScalars {
            let isPlain = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
            if isPlain { handle.unicodeScalars.append(scalar) } else if handle.last != "-" { handle += "-" }
        }
        handle = String(handle.drop { $0 == "-" }.prefix(Handle.maximumLength - 4))
        while handle.last == "-" { handle.removeLast() }
        if handle.isEmpty { handle = Handle(slug) == nil ? "provider" : slug }
        var candidate = handle
        var number = 1
        while contents["providers/\(project)/\(candidate).yaml"] != nil || others.contains(candidate) {
            number += 1
            candidate = handle + "-\(number)"
        }
        return candidate
    }

    /// Letters of Western European names without diacritics; Swift compares characters in any normalization.
    private static let plainLetters: [Character: String] = {
        var letters: [Character: String] = ["ß": "ss", "æ": "ae", "ø": "o", "œ": "oe"]
        let marked = [
            "a": "àáâãäå", "c": "ç", "e": "èéêë", "i": "ìíîï", "n": "ñ", "o": "òóôõö", "u": "ùúûü", "y": "ýÿ",
        ]
        for (letter, forms) in marked { for form in forms { letters[form] = letter } }
        return letters
    }()
}
