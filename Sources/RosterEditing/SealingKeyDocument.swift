/// `roster.yaml` where it names sealing keys.
package enum SealingKeyDocument {
    /// The file with one more key at the end of the list.
    package static func add(
        id: String,
        publicKey: String,
        name: String,
        to source: [UInt8]
    ) throws(EditedDocument.Problem) -> [UInt8] {
        var document = try EditedDocument(source)
        let root = document.root
        guard !document.isFlow(root) else { throw .unreadable }
        let entry = { (indent: String) in
            [
                "\(indent)- id: \(id)", "\(indent)  publicKey: \(publicKey)",
                "\(indent)  name: \(PlainText.scalar(name))",
            ]
        }
        guard let list = document.value("sealingKeys", in: root) else {
            let before = document.entries(of: root).last { ["roster", "projects"].contains(document.text(of: $0.key)) }
            guard let before else { throw .missing("projects") }
            let range = document.range(of: before.value)
            document.insertLines(["sealingKeys:"] + entry("  "), behind: max(range.lowerBound, range.upperBound - 1))
            return document.bytes()
        }
        let range = document.range(of: list)
        let elements = document.elements(of: list)
        guard let last = elements.last else {
            document.replace(range, with: document.lineEnd + entry("  ").joined(separator: document.lineEnd))
            return document.bytes()
        }
        if document.isFlow(list) {
            let end = document.range(of: last).upperBound
            let text = ", {id: \(id), publicKey: \(publicKey), name: \(PlainText.scalar(name, inFlow: true))}"
            document.replace(end..<end, with: text)
        } else {
            let indent = String(repeating: " ", count: document.column(of: range.lowerBound))
            document.insertLines(entry(indent), behind: document.range(of: last).upperBound - 1)
        }
        return document.bytes()
    }

    /// The file with a key marked as retired.
    package static func retire(_ id: String, in source: [UInt8]) throws(EditedDocument.Problem) -> [UInt8] {
        var document = try EditedDocument(source)
        guard let list = document.value("sealingKeys", in: document.root),
            let key = document.elements(of: list).first(where: { element in
                document.value("id", in: element).map { document.text(of: $0) == id } ?? false
            })
        else { throw .missing(id) }
        if let node = document.value("retired", in: key) {
            document.replace(document.range(of: node), with: "true")
        } else if let last = document.entries(of: key).last {
            let end = document.range(of: last.value).upperBound
            if document.isFlow(key) {
                document.replace(end..<end, with: ", retired: true")
            } else {
                let indent = String(repeating: " ", count: document.column(of: document.range(of: last.key).lowerBound))
                document.insertLines([indent + "retired: true"], behind: max(0, end - 1))
            }
        }
        return document.bytes()
    }
}
