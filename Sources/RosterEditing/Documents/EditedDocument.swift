import RosterCompiler
package import RosterJSON
import RosterModel
package import RosterSources
import YAMLSyntax

/// A YAML file that comes to say something else: only the bytes of what changes change.
///
/// What it is to say is given as a whole; it gets there in small steps. After each the file is read again, and a step
/// that did not give exactly what it should have is not taken.
package struct EditedDocument: ~Copyable {
    /// The file as it is now.
    package private(set) var bytes: [UInt8]
    /// What it says now.
    package private(set) var contents: JSONObject
    var reader = YAMLReader()
    /// The file's own.
    let lineEnd: String
    /// What kind of mapping the root is.
    let shape: RecordShape

    /// Why a file cannot be edited.
    package enum Problem: Error, Hashable, Sendable {
        /// It cannot be read, or its root is no mapping.
        case unreadable
        /// There is no such entry.
        case missing(String)
        /// No way of writing the change was read as what was meant: a mistake of Roster's own.
        case unfaithful
    }

    /// Reads a file of a role.
    package init(_ source: [UInt8], as role: FileRole) throws(Problem) {
        bytes = source
        shape = role.shape
        lineEnd = source.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
        reader.read(source)
        guard let object = PlainDocument.object(in: reader.tree) else { throw .unreadable }
        contents = object
    }

    /// Makes the file say `target`.
    package mutating func become(_ target: JSONObject) throws(Problem) {
        while let step = DocumentStep.first(from: .object(contents), to: .object(target)) { try take(step) }
    }

    /// Changes what the file says, and then the file.
    package mutating func change(_ body: (inout JSONObject) -> Void) throws(Problem) {
        var target = contents
        body(&target)
        try become(target)
    }

    private mutating func take(_ step: DocumentStep) throws(Problem) {
        guard let expected = JSONValue.object(contents).applying(step) else { throw .unfaithful }
        for splices in candidates(for: step) {
            var edited = bytes
            // From the end; what is put in where something else goes is put in behind that.
            let ordered = splices.sorted {
                ($0.range.lowerBound, $0.range.upperBound) > ($1.range.lowerBound, $1.range.upperBound)
            }
            for splice in ordered {
                edited.replaceSubrange(splice.range, with: splice.text.utf8)
            }
            var trial = YAMLReader()
            trial.read(edited)
            guard let object = PlainDocument.object(in: trial.tree),
                JSONValue.object(object).saysTheSame(as: expected)
            else { continue }
            bytes = edited
            contents = object
            reader = trial
            return
        }
        throw .unfaithful
    }
}

/// A text that takes the place of a range of bytes.
struct Splice {
    var range: Range<Int>
    var text: String

    init(_ range: Range<Int>, _ text: String) {
        self.range = range
        self.text = text
    }

    static func insert(_ text: String, at offset: Int) -> Splice { Splice(offset..<offset, text) }
}

/// Where a value stands: its node, what it belongs to, and what may stand there.
struct DocumentPlace {
    var node: YAMLNodeIndex
    /// The key in a mapping; nil for the root and for elements of lists.
    var key: YAMLNodeIndex?
    var parent: YAMLNodeIndex?
    /// Nil where anything may stand.
    var type: FieldType?
}

extension FieldType {
    /// What may stand at a member or an element; nil where anything may.
    func inner(_ part: DocumentStep.Part) -> FieldType? {
        switch (self, part) {
        case (.record(let shape), .member(let name)): shape.fields.first { $0.name.description == name }?.type
        case (.table(let table), .member): table.element
        case (.list(let list), .element): list.element
        default: nil
        }
    }

    /// The order of members, where the format has one.
    var memberOrder: [String]? {
        if case .record(let shape) = self { shape.fields.map(\.name.description) } else { nil }
    }
}
