import RosterBytes
import RosterCompiler
import RosterFrontend
import RosterJSON
import RosterModel
import YAMLSyntax

// The edits that can implement a step, the best first. In most files the first one is correct; the others are for
// layouts in which it would change neighboring values, such as a block scalar at the end of a file without a last line
// end.

extension EditedDocument {
    private var text: ValueText { ValueText(lineEnd: lineEnd, step: indentStep) }

    func candidates(for step: DocumentStep) -> [[Splice]] {
        switch step.change {
        case .replace(let value):
            return place(step.path).map { replacements(of: $0, with: value) } ?? []
        case .addMember(let name, let value):
            guard let place = place(step.path) else { return [] }
            return whole(step, at: step.path) ?? additions(of: name, value, to: place)
        case .insertElement(let index, let value):
            guard let place = place(step.path) else { return [] }
            return insertions(of: value, at: index, into: place)
        case .remove:
            let parentPath = Array(step.path.dropLast())
            guard let place = place(step.path), let parentPlace = self.place(parentPath) else { return [] }
            let items = items(of: parentPlace.node)
            guard items.count > 1 else { return whole(step, at: parentPath, always: true) ?? [] }
            guard let index = items.firstIndex(where: { $0.node == place.node }) else { return [] }
            return isBlock(parentPlace.node)
                ? blockRemovals(items, index) : [flowRemoval(items, index, in: parentPlace.node)]
        }
    }

    /// Returns edits that rewrite the collection at a path after a step, if it has no braces.
    private func whole(_ step: DocumentStep, at path: [DocumentStep.Part], always: Bool = false) -> [[Splice]]? {
        guard let place = place(path), always || isBareMapping(place.node),
            let value = JSONValue.object(contents).applying(step)?.value(at: path)
        else { return nil }
        let rewritten = replacements(of: place, with: value)
        // The brackets stay, and a comment between them.
        guard always, reader.tree[place.node].isFlow, !isBareMapping(place.node) else { return rewritten }
        return [flowRemoval(items(of: place.node), 0, in: place.node)] + rewritten
    }

    // MARK: - Places

    func place(_ path: [DocumentStep.Part]) -> DocumentPlace? {
        var place = DocumentPlace(node: 0, key: nil, parent: nil, type: .record(shape))
        for part in path {
            var found: (key: YAMLNodeIndex?, value: YAMLNodeIndex)?
            switch part {
            case .member(let name):
                reader.tree.forEachEntry(of: place.node) { key, value in
                    if found == nil, reader.tree.text(of: key).equalsInBytes(name) { found = (key, value) }
                }
            case .element(let index):
                var position = 0
                reader.tree.forEachElement(of: place.node) { element in
                    if position == index { found = (nil, element) }
                    position += 1
                }
            }
            guard let found else { return nil }
            place = DocumentPlace(
                node: found.value,
                key: found.key,
                parent: place.node,
                type: place.type?.inner(part)
            )
        }
        return place
    }

    // MARK: - Replacement

    private func replacements(of place: DocumentPlace, with value: JSONValue) -> [[Splice]] {
        guard let parent = place.parent else { return [] }
        let node = reader.tree[place.node]
        let inFlow = !isBlock(parent)
        let inline = scalar(value, like: node, place.type, inFlow: inFlow)
        let introducer = introducerEnd(place)
        guard inFlow || !text.isBlock(value) else { return [blockSplices(place, introducer, value)] }
        if isBlock(place.node) {
            guard let introducer else { return [] }
            // A list or mapping on separate lines is replaced together with the comments between its lines.
            let end = endOfLine(node.span.range.upperBound)
            if startOfLine(node.span.range.lowerBound) == startOfLine(introducer) {
                return [[Splice(node.span.range.lowerBound..<end, inline)]]
            }
            return [[.insert(" " + inline, at: introducer), Splice(endOfLine(introducer)..<end, "")]]
        }
        if node.span.isEmpty {
            guard let introducer else {
                let end = place.key.map { reader.tree[$0].span.range.upperBound } ?? Int(node.span.start)
                return [[.insert(": " + inline, at: end)]]
            }
            return [[.insert(" " + inline, at: introducer)]]
        }
        let written = isBareMapping(place.node) ? bareRange(place.node) : node.span.range
        let comment = node.isBlockScalar ? headerComment(node.span.range) : ""
        return [[Splice(written, inline + comment)]]
    }

    private func bareRange(_ node: YAMLNodeIndex) -> Range<Int> {
        let last = range(of: Int(reader.tree[node].subtreeEnd) - 1).upperBound
        return range(of: node).lowerBound..<last
    }

    /// Replaces a value by one that is written on separate lines.
    private func blockSplices(_ place: DocumentPlace, _ introducer: Int?, _ value: JSONValue) -> [Splice] {
        guard let introducer else { return [] }
        let node = reader.tree[place.node]
        let range = node.span.range
        let keyColumn = column(of: place.key.map { self.range(of: $0).lowerBound } ?? introducer - 1)
        let lines = text.block(value, place.type, column: place.key == nil ? keyColumn + 2 : keyColumn + text.step)
        guard let first = lines.first else { return [] }
        if place.key == nil {
            // After a dash, the first line continues.
            let end = isBlock(place.node) || node.isBlockScalar ? endOfLine(range.upperBound) : range.upperBound
            let joined = ([String(first.dropFirst(keyColumn + 2))] + lines.dropFirst()).joined(separator: lineEnd)
            let isOnSameLine = !range.isEmpty && startOfLine(range.lowerBound) == startOfLine(introducer)
            return [Splice((isOnSameLine ? range.lowerBound : introducer)..<end, isOnSameLine ? joined : " " + joined)]
        }
        let inserted = lines.map { lineEnd + $0 }.joined()
        if isBlock(place.node) { return [Splice(endOfLine(introducer)..<endOfLine(range.upperBound), inserted)] }
        if range.isEmpty { return [.insert(inserted, at: endOfLine(introducer))] }
        let isOnSameLine = startOfLine(range.lowerBound) == startOfLine(introducer)
        let start = isOnSameLine ? introducer : endOfLine(startOfLine(range.lowerBound) - 1 - (lineEnd.utf8.count - 1))
        let comment = node.isBlockScalar ? headerComment(range) : ""
        return [Splice(start..<range.upperBound, comment), .insert(inserted, at: endOfLine(range.upperBound))]
    }

    /// Returns the comment after the `|` or `>` of a block scalar, with the preceding blanks.
    private func headerComment(_ range: Range<Int>) -> String {
        let header = range.lowerBound..<min(range.upperBound, endOfLine(range.lowerBound))
        guard let hash = bytes[header].firstIndex(of: UInt8(ascii: "#")) else { return "" }
        var start = hash
        while start > header.lowerBound, Self.isBlank(bytes[start - 1]) { start -= 1 }
        return String(decoding: bytes[start..<header.upperBound], as: UTF8.self)
    }

    /// Returns the offset after the colon or dash that precedes a value; nil if there is none.
    private func introducerEnd(_ place: DocumentPlace) -> Int? {
        if let key = place.key { return endOfColon(key, place.node) }
        guard let parent = place.parent, isBlock(parent) else { return nil }
        return items(of: parent).first { $0.node == place.node }.map { $0.start + 1 }
    }

    /// Returns a value on one line; a text keeps the quotes of the previous value.
    private func scalar(_ value: JSONValue, like node: YAMLNode, _ type: FieldType?, inFlow: Bool) -> String {
        guard case .string(let string) = value, node.isQuoted else {
            return text.inline(value, type, inFlow: inFlow)
        }
        return PlainText.quoted(string, single: node.kind == .singleQuoted)
    }

    // MARK: - Insertion

    private func additions(of name: String, _ value: JSONValue, to place: DocumentPlace) -> [[Splice]] {
        let items = items(of: place.node)
        var keys: [String] = []
        reader.tree.forEachEntry(of: place.node) { key, _ in keys.append(reader.tree.text(of: key)) }
        var anchor = items.indices.last
        if let order = place.type?.memberOrder, let rank = order.firstIndex(of: name) {
            anchor = keys.indices.last { (order.firstIndex(of: keys[$0]) ?? .max) < rank }
        }
        let type = place.type?.inner(.member(name))
        if items.isEmpty, let parent = place.parent, isBlock(parent), firstToken(in: inside(place.node)) == nil,
            !bytes[inside(place.node)].contains(UInt8(ascii: "#"))
        {
            let object = JSONObject([JSONObject.Member(name: name, value: value)])
            return replacements(of: place, with: .object(object))
        }
        guard isBlock(place.node) else {
            let entry = PlainText.scalar(name, inFlow: true) + ": " + text.inline(value, type, inFlow: true)
            return [flowInsertion(entry, items, after: anchor, in: place.node)]
        }
        let column = column(of: items.first?.start ?? 0)
        return blockInsertions(text.entry(name, value, type, column: column), items, after: anchor)
    }

    private func insertions(of value: JSONValue, at index: Int, into place: DocumentPlace) -> [[Splice]] {
        let items = items(of: place.node)
        let type = place.type?.inner(.element(0))
        if items.isEmpty, let parent = place.parent, isBlock(parent), text.isBlock(value) {
            return replacements(of: place, with: .array([value]))
        }
        let anchor = index == 0 ? nil : index - 1
        guard isBlock(place.node) else {
            return [flowInsertion(text.inline(value, type, inFlow: true), items, after: anchor, in: place.node)]
        }
        let column = column(of: items.first?.start ?? 0)
        return blockInsertions(text.element(value, type, column: column), items, after: anchor)
    }
}
