import RosterCompiler
import RosterFrontend
package import RosterJSON
import RosterModel
package import RosterSources
import YAMLSyntax

/// A YAML file that is edited to a target value, changing only the bytes of the differences.
///
/// The target is given as a whole and reached in small steps. The file is parsed again after each step, and a step with
/// a different result than intended is rejected.
package struct EditedDocument: ~Copyable {
    /// The current bytes of the file.
    package private(set) var bytes: [UInt8]
    /// The current value of the file.
    package private(set) var contents: JSONObject
    var reader = YAMLReader()
    /// The line ending of the file.
    let lineEnd: String
    /// The type of the root mapping.
    let shape: RecordShape

    /// A reason for which a file cannot be edited.
    package enum Problem: Error, Hashable, Sendable {
        /// The file cannot be read, or its root is not a mapping.
        case unreadable
        /// The entry does not exist.
        case missing(String)
        /// No edit resulted in the intended value: a bug in Roster.
        case unfaithful
    }

    /// Parses a file of a role.
    package init(_ source: [UInt8], as role: FileRole) throws(Problem) {
        bytes = source
        shape = role.shape
        lineEnd = source.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
        reader.read(source)
        guard let object = PlainDocument.object(in: reader.tree) else { throw .unreadable }
        contents = object
    }

    /// Edits the file until its value is `target`.
    package mutating func become(_ target: JSONObject) throws(Problem) {
        while let step = DocumentStep.first(from: .object(contents), to: .object(target)) { try take(step) }
    }

    /// Changes the value with a closure, and then edits the file accordingly.
    package mutating func change(_ body: (inout JSONObject) -> Void) throws(Problem) {
        var target = contents
        body(&target)
        try become(target)
    }

    private mutating func take(_ step: DocumentStep) throws(Problem) {
        guard let expected = JSONValue.object(contents).applying(step) else { throw .unfaithful }
        for splices in candidates(for: step) {
            var edited = bytes
            // Edits are applied from the end; text that replaces a range is inserted after it.
            let ordered = splices.sorted {
                ($0.range.lowerBound, $0.range.upperBound) > ($1.range.lowerBound, $1.range.upperBound)
            }
            for splice in ordered {
                edited.replaceSubrange(splice.range, with: splice.text.utf8)
            }
            var trial = YAMLReader()
            trial.read(edited)
            guard let object = PlainDocument.object(in: trial.tree),
                JSONValue.object(object).isEquivalent(to: expected)
            else { continue }
            bytes = edited
            contents = object
            reader = trial
            return
        }
        throw .unfaithful
    }
}

/// A text that replaces a range of bytes.
struct Splice {
    var range: Range<Int>
    var text: String

    init(_ range: Range<Int>, _ text: String) {
        self.range = range
        self.text = text
    }

    static func insert(_ text: String, at offset: Int) -> Splice { Splice(offset..<offset, text) }
}

/// The position of a value: its node, its parent, and the type of value that is allowed there.
struct DocumentPlace {
    var node: YAMLNodeIndex
    /// The key in a mapping; nil for the root and for elements of lists.
    var key: YAMLNodeIndex?
    var parent: YAMLNodeIndex?
    /// The allowed type; nil for any.
    var type: FieldType?
}

extension FieldType {
    /// Returns the allowed type of a member or an element; nil for any.
    func inner(_ part: DocumentStep.Part) -> FieldType? {
        switch (self, part) {
        case (.record(let shape), .member(let name)): shape.fields.first { $0.name.description == name }?.type
        case (.table(let table), .member): table.element
        case (.list(let list), .element): list.element
        default: nil
        }
    }

    /// Returns the order of members, if the format defines one.
    var memberOrder: [String]? {
        if case .record(let shape) = self { shape.fields.map(\.name.description) } else { nil }
    }
}
