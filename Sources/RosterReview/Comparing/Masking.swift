import RosterBytes
import RosterCompiler
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSemantics

/// Hides keys in all displayed values, and keeps names of records and destinations of keys.
struct Masking {
    /// Handles that have the shape of a key, on either side.
    private let handles: [String]

    /// Returns rows with each match of a key's shape hidden; `config` was masked by its names when it was compared.
    static func mask(_ changes: [Change], _ context: ReviewContext) -> [Change] {
        let masked = changes.map(Masking(handles: []).mask)
        // Most rows contain no key; handles matter only for those that do.
        guard masked != changes else { return masked }
        let handles = handles(of: context)
        return handles.isEmpty ? masked : changes.map(Masking(handles: handles).mask)
    }

    private static func handles(of context: ReviewContext) -> [String] {
        var handles: Set<String> = []
        for side in [context.base, context.head, context.tip].compactMap(\.self) {
            for file in side.records.files { handles.formUnion([file.project, file.handle]) }
            handles.formUnion(side.records.projects.map(\.handle))
            handles.formUnion(side.records.access?.policies.map(\.name) ?? [])
        }
        return handles.filter { Handle.isValid($0.utf8) && !KeyShapeScanner.matches(in: $0).isEmpty }
            .sorted { $0.precedesInBytes($1) }
    }

    private func mask(_ change: Change) -> Change {
        var change = change
        let shown = handles + destinations(of: change)
        change.handle = change.handle.map { text($0, shown) }
        // Each name is masked separately, so that a slash does not form the start of a key.
        change.path = change.path.split(separator: "/", omittingEmptySubsequences: false)
            .map { text(String($0), shown) }.joined(separator: "/")
        for index in change.reasons.indices { change.reasons[index].text = reason(change.reasons[index].text, shown) }
        for index in change.fields.indices {
            let field = change.fields[index]
            let isDestination = Self.destinationFields.contains(field.path)
            func value(_ value: JSONValue) -> JSONValue { self.value(value, shown, isDestination: isDestination) }
            change.fields[index].before = field.before.map(value)
            change.fields[index].after = field.after.map(value)
            change.fields[index].path = text(field.path, shown)
        }
        return change
    }

    private static let destinationFields: Set = ["allowedHosts", "baseUrl"]

    /// Returns the schemes, hosts and ports in a row's fields.
    private func destinations(of change: Change) -> [String] {
        let values = change.fields.filter { Self.destinationFields.contains($0.path) }.flatMap {
            [$0.before, $0.after]
        }
        return values.compactMap(\.self).flatMap { value -> [String] in
            if case .array(let elements) = value { return elements.compactMap(\.string) }
            return [value.string].compactMap(\.self)
        }.filter(DestinationText.isValid).map { String(DestinationText.authority(of: $0)) }
    }

    private func text(_ text: String, _ shown: [String]) -> String { MaskedText(text, showing: shown).text }

    /// Masks a sentence as a whole, then each component of its paths.
    private func reason(_ sentence: String, _ shown: [String]) -> String {
        let sentence = text(sentence, shown)
        guard sentence.utf8.contains(UInt8(ascii: "/")) else { return sentence }
        // The scheme and the host of a destination are in different components.
        let shown = shown.map { name in name.firstRange(of: "://").map { String(name[$0.upperBound...]) } ?? name }
        return sentence.split(separator: "/", omittingEmptySubsequences: false).map { text(String($0), shown) }
            .joined(separator: "/")
    }

    private func value(_ value: JSONValue, _ shown: [String], isDestination: Bool) -> JSONValue {
        switch value {
        case .string(let text) where isDestination && DestinationText.isValid(text):
            let authority = DestinationText.authority(of: text)
            return .string(authority + self.text(String(text[authority.endIndex...]), shown))
        case .string(let text): return .string(self.text(text, shown))
        case .array(let elements):
            return .array(elements.map { self.value($0, shown, isDestination: isDestination) })
        case .object(let object):
            let members = object.members.map { member in
                JSONObject.Member(
                    name: text(member.name, shown),
                    value: self.value(member.value, shown, isDestination: false)
                )
            }
            return .object(JSONObject(members))
        case .null, .boolean, .integer, .float: return value
        }
    }
}
