import RosterEditing
import RosterJSON
import YAMLSyntax

/// A file of an import that cannot be read.
package struct ImportFailure: Error, Sendable {
    /// `file:line:column` and the reason.
    package var message: String
    /// The remedy; nil without one.
    package var help: String?

    package init(_ message: String, help: String? = nil) { (self.message, self.help) = (message, help) }
}

/// The YAML files of an import, read as PyYAML's `safe_load` reads them.
package struct ImportSource: Sendable {
    /// A file.
    struct File: Sendable {
        var name: String
        var yaml: LenientYAML
    }

    /// An entry of a mapping.
    struct Entry: Sendable {
        var key: String
        var place: ImportPlace
    }

    private(set) var files: [File] = []
    /// A source without a file.
    package static let empty = ImportSource()
    /// The steps that aliases and merge keys may still take.
    private var steps = 1_000_000

    /// Adds a file.
    ///
    /// - Throws: ``ImportFailure`` with the place of the problem.
    mutating func add(_ bytes: [UInt8], named name: String) throws(ImportFailure) -> Int {
        do throws(LenientYAML.Failure) {
            files.append(File(name: name, yaml: try LenientYAML(bytes)))
        } catch {
            let place = LenientPlace(of: error.offset, in: bytes)
            throw ImportFailure("\(name):\(place.line):\(place.column): \(error.message)")
        }
        return files.count - 1
    }

    /// Returns the root of a file; nil when it is empty.
    func root(of file: Int) -> ImportPlace? {
        files[file].yaml.root.map { ImportPlace(file: file, value: $0) }
    }

    /// Returns the node at a place.
    func node(_ place: ImportPlace) -> LenientYAML.Node { files[place.file].yaml.nodes[place.value] }

    /// Returns the text of a scalar that is not null; nil for any other value.
    func text(_ place: ImportPlace) -> String? {
        let yaml = files[place.file].yaml
        guard yaml.nodes[place.value].kind == .scalar, yaml.meaning(of: place.value) != .null else { return nil }
        return yaml.text(of: place.value)
    }

    /// Calls a closure with the text of a scalar as UTF-8, which must not leave it.
    func withText<Result: ~Copyable, Failure: Error>(
        of place: ImportPlace,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe files[place.file].yaml.withText(of: place.value, body)
    }

    /// Returns a Boolean value that indicates whether a value counts as absent: null or empty text.
    func isAbsent(_ place: ImportPlace) -> Bool {
        node(place).kind == .scalar && (text(place) ?? "").isEmpty
    }

    /// Returns the elements of a sequence, or the value itself if it is not one.
    func elements(_ place: ImportPlace) -> [ImportPlace] {
        guard node(place).kind == .sequence else { return [place] }
        return node(place).children.map { ImportPlace(file: place.file, value: $0) }
    }

    /// Returns the entries of a mapping, with merge keys applied and the last of equal keys.
    ///
    /// `notes` gets a remark for each value that a later key replaces.
    ///
    /// - Throws: ``ImportFailure`` when aliases multiply the file.
    mutating func entries(_ place: ImportPlace, _ notes: inout ImportNotes) throws(ImportFailure) -> [Entry] {
        var entries: [Entry] = []
        var positions: [String: Int] = [:]
        try collect(place, &entries, &positions, &notes, depth: 0)
        return entries
    }

    private mutating func collect(
        _ place: ImportPlace,
        _ entries: inout [Entry],
        _ positions: inout [String: Int],
        _ notes: inout ImportNotes,
        depth: Int
    ) throws(ImportFailure) {
        guard node(place).kind == .mapping else { return }
        let children = node(place).children
        try spend(children.count + 1, at: place, depth: depth)
        let yaml = files[place.file].yaml
        var own: [Entry] = []
        for position in stride(from: 0, to: children.count - 1, by: 2) {
            let (key, value) = (children[position], ImportPlace(file: place.file, value: children[position + 1]))
            guard yaml.nodes[key].isPlain, yaml.text(of: key) == "<<" else {
                own.append(Entry(key: yaml.text(of: key), place: value))
                continue
            }
            // Earlier mappings of a list win, so they are added last.
            for merged in elements(value).reversed() {
                try collect(merged, &entries, &positions, &notes, depth: depth + 1)
            }
        }
        var replaced: [String: ImportPlace] = [:]
        for entry in own {
            if let first = replaced[entry.key] {
                for leaf in leaves(below: first) {
                    notes.add(.left, "a later key of the same name replaces it", at: leaf)
                }
            }
            replaced[entry.key] = entry.place
            if let position = positions[entry.key] {
                entries[position] = entry
            } else {
                positions[entry.key] = entries.count
                entries.append(entry)
            }
        }
    }

    /// Counts steps, and refuses more of them and deeper ones than a file without aliases can need.
    private mutating func spend(_ count: Int, at place: ImportPlace, depth: Int) throws(ImportFailure) {
        steps -= count
        guard steps < 0 || depth > LenientYAML.depthLimit else { return }
        throw ImportFailure("\(shown(place)): aliases repeat values too often", help: "write the values out")
    }

    /// Returns `file:line:column`.
    func shown(_ place: ImportPlace) -> String {
        let yaml = files[place.file].yaml
        let (line, column) = yaml.place(of: Int(node(place).span.start))
        return "\(files[place.file].name):\(line):\(column)"
    }

    /// Returns the JSON value of a value that has no key, reference or number without one; nil otherwise.
    mutating func json(
        _ place: ImportPlace,
        _ notes: inout ImportNotes,
        depth: Int = 0
    ) throws(ImportFailure) -> JSONValue? {
        try spend(node(place).children.count, at: place, depth: depth)
        switch node(place).kind {
        case .mapping:
            var object = JSONObject()
            for entry in try entries(place, &notes) {
                guard let value = try json(entry.place, &notes, depth: depth + 1) else { return nil }
                object.set(entry.key, to: value)
            }
            return .object(object)
        case .sequence:
            var elements: [JSONValue] = []
            for element in self.elements(place) {
                guard let value = try json(element, &notes, depth: depth + 1) else { return nil }
                elements.append(value)
            }
            return .array(elements)
        case .scalar:
            switch files[place.file].yaml.meaning(of: place.value) {
            case .null: return .null
            case .boolean(let value): return .boolean(value)
            case .integer(let value): return .integer(value)
            case .float(let value): return .float(value)
            case .text: return .string(files[place.file].yaml.text(of: place.value))
            case .integerTooLarge, .notFinite: return nil
            }
        }
    }
}

extension ImportSource {
    /// Returns a Boolean value that indicates whether a node is a leaf: a scalar, or an empty collection.
    private func isLeaf(_ node: Int, of file: Int) -> Bool {
        let yaml = files[file].yaml
        guard !yaml.isKey(node) else { return false }
        return yaml.nodes[node].kind == .scalar || yaml.nodes[node].children.isEmpty
    }

    /// The leaves of all files, in their order; an alias is not a leaf.
    var leaves: [ImportPlace] {
        files.indices.flatMap { file in
            files[file].yaml.nodes.indices.filter { isLeaf($0, of: file) }.map { ImportPlace(file: file, value: $0) }
        }
    }

    /// Returns the leaves that are written below a value, or the value itself if it is one.
    func leaves(below place: ImportPlace) -> [ImportPlace] {
        var found: [ImportPlace] = []
        var open = [place.value]
        while let node = open.popLast() {
            if isLeaf(node, of: place.file) { found.append(ImportPlace(file: place.file, value: node)) }
            let nodes = files[place.file].yaml.nodes
            open += nodes[node].children.filter { nodes[$0].parent == node }
        }
        return found
    }

    /// Returns the keys and positions that lead to a value, as text and from the root.
    func path(of place: ImportPlace) -> [String] {
        let yaml = files[place.file].yaml
        var parts: [String] = []
        var node = place.value
        while let parent = yaml.nodes[node].parent {
            let position = yaml.nodes[node].position
            if yaml.nodes[parent].kind == .sequence {
                parts.append("[\(position)]")
            } else {
                parts.append(yaml.text(of: yaml.nodes[parent].children[position - 1]))
            }
            node = parent
        }
        return parts.reversed()
    }

    /// Returns the path of a value for people: `model_list[0].litellm_params.model`.
    func shownPath(of place: ImportPlace) -> String {
        var text = ""
        for part in path(of: place) { text += part.hasPrefix("[") || text.isEmpty ? part : "." + part }
        return ShownText.mask(text.isEmpty ? "." : text)
    }
}

/// The line and the column of an offset in bytes that may not be YAML.
private struct LenientPlace {
    var line = 1
    var column = 1

    init(of offset: Int, in bytes: [UInt8]) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        for byte in bytes[min(start, bytes.count)..<min(bytes.count, start + max(0, offset))] {
            if byte == UInt8(ascii: "\n") {
                (line, column) = (line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
    }
}
