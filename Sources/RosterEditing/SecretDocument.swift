/// The file of a secret: made anew, or edited where it changes.
package enum SecretDocument {
    /// What a box is in the file.
    package struct Box: Hashable, Sendable {
        package var key: String
        package var box: String

        /// Makes a box from its parts.
        package init(key: String, box: String) {
            self.key = key
            self.box = box
        }
    }

    /// What of a secret may change.
    package struct Contents: Hashable, Sendable {
        package var name: String
        package var allowedHosts: [String]
        package var generation: Int64
        package var fingerprint: String
        /// `YYYY-MM-DD`.
        package var rotateBy: String?
        package var boxes: [Box]

        /// Makes contents from their parts.
        package init(
            name: String,
            allowedHosts: [String],
            generation: Int64,
            fingerprint: String,
            rotateBy: String?,
            boxes: [Box]
        ) {
            self.name = name
            self.allowedHosts = allowedHosts
            self.generation = generation
            self.fingerprint = fingerprint
            self.rotateBy = rotateBy
            self.boxes = boxes
        }
    }

    /// A new file, its keys in the format's order.
    package static func make(id: String, _ contents: Contents) -> [UInt8] {
        var lines = [
            "# yaml-language-server: $schema=../../schema/secret.schema.json",
            "id: \(id)",
            "name: \(PlainText.scalar(contents.name))",
            "allowedHosts: [\(contents.allowedHosts.map { PlainText.scalar($0, inFlow: true) }.joined(separator: ", "))]",
            "generation: \(contents.generation)",
            "fingerprint: \(PlainText.scalar(contents.fingerprint))",
        ]
        if let rotateBy = contents.rotateBy { lines.append("rotateBy: \(rotateBy)") }
        lines.append("boxes:")
        for box in contents.boxes { lines += ["  - key: \(box.key)", "    box: \(PlainText.scalar(box.box))"] }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// The file with other contents; what does not change stays as it is written.
    package static func edit(_ source: [UInt8], to contents: Contents) throws(EditedDocument.Problem) -> [UInt8] {
        var document = try EditedDocument(source)
        let root = document.root
        try document.setScalar("name", in: root, to: contents.name)
        try document.setList("allowedHosts", in: root, to: contents.allowedHosts)
        try document.setNumber("generation", in: root, to: contents.generation)
        try document.setScalar("fingerprint", in: root, to: contents.fingerprint)
        try setRotateBy(contents.rotateBy, &document)
        try setBoxes(contents.boxes, &document)
        return document.bytes()
    }

    private static func setRotateBy(_ date: String?, _ document: inout EditedDocument) throws(EditedDocument.Problem) {
        guard let date else { return }
        if let node = document.value("rotateBy", in: document.root) {
            let range = document.range(of: node)
            document.replace(range, with: (range.isEmpty ? " " : "") + date)
            return
        }
        guard let node = document.value("fingerprint", in: document.root) else { throw .missing("fingerprint") }
        let end = document.range(of: node).upperBound
        if document.isFlow(document.root) {
            document.replace(end..<end, with: ", rotateBy: \(date)")
        } else {
            document.insertLines(["rotateBy: \(date)"], behind: max(0, end - 1))
        }
    }

    private static func setBoxes(_ boxes: [Box], _ document: inout EditedDocument) throws(EditedDocument.Problem) {
        guard let list = document.value("boxes", in: document.root) else { throw .missing("boxes") }
        let old = document.elements(of: list)
        let oldKeys = old.map { document.value("key", in: $0).map { document.text(of: $0) } }
        if oldKeys == boxes.map(\.key) {
            for (node, box) in zip(old, boxes) { try document.setScalar("box", in: node, to: box.box) }
            return
        }
        let range = document.range(of: list)
        guard !document.isFlow(list) else {
            let items = boxes.map { "{key: \($0.key), box: \(PlainText.scalar($0.box, inFlow: true))}" }
            return document.replace(range, with: "[" + items.joined(separator: ", ") + "]")
        }
        let indent = document.lineEnd + String(repeating: " ", count: document.column(of: range.lowerBound))
        let items = boxes.map { "- key: \($0.key)" + indent + "  box: " + PlainText.scalar($0.box) }
        document.replace(range, with: items.joined(separator: indent))
    }
}
