import RosterEditing

/// The place of a value: a file of an import, and a value of it.
package struct ImportPlace: Hashable, Sendable {
    package var file: Int
    package var value: Int
}

/// Remarks about values, from which their findings are made once it is known which providers are written.
package struct ImportNotes: Sendable {
    /// A remark about one value.
    struct Note: Sendable, Hashable {
        var kind: ImportFinding.Kind
        var message: String
        /// The drafted provider that the value belongs to; nil for none in particular.
        var provider: Int?
    }

    private(set) var notes: [ImportPlace: [Note]] = [:]

    /// Adds a remark.
    mutating func add(_ kind: ImportFinding.Kind, _ message: String, at place: ImportPlace, provider: Int? = nil) {
        let note = Note(kind: kind, message: message, provider: provider)
        guard notes[place]?.contains(note) != true else { return }
        notes[place, default: []].append(note)
    }

    /// Returns the finding of a value.
    ///
    /// - Parameters:
    ///   - place: the value.
    ///   - names: the full names of the drafted providers; nil for one that is not written.
    ///   - otherwise: the reason for which a value without any remark is left.
    /// - Returns: the kind and the description.
    func fate(of place: ImportPlace, names: [String?], otherwise: String) -> (ImportFinding.Kind, String) {
        var kind = ImportFinding.Kind.left
        var messages: [String] = []
        var byMessage: [String: [String]] = [:]
        let dropped = "its provider is not written"
        for note in notes[place] ?? [] {
            let name = note.provider.flatMap { names[$0] }
            let isDropped = note.provider != nil && name == nil && note.kind != .refused
            let message = isDropped ? dropped : note.message
            kind = max(kind, isDropped ? .left : note.kind)
            if byMessage[message] == nil { messages.append(message) }
            if let name, byMessage[message]?.contains(name) != true { byMessage[message, default: []].append(name) }
            if byMessage[message] == nil { byMessage[message] = [] }
        }
        // The reason is with another remark.
        if messages.count > 1 { messages.removeAll { $0 == dropped } }
        guard !messages.isEmpty else { return (.left, otherwise) }
        let text = messages.map { message in
            let names = byMessage[message] ?? []
            guard let last = names.last else { return message }
            let shown =
                names.count > 3
                ? "\(names[0]) and \(names.count - 1) others"
                : names.dropLast()
                    .map { $0 + ", " }.joined() + last
            return "\(shown): \(message)"
        }.joined(separator: "; ")
        return (kind, ShownText.mask(text))
    }
}
