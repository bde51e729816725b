import RosterCompiler
import RosterJSON
import RosterModel
import RosterSources

/// Creates and edits the file of a secret.
package enum SecretDocument {
    /// A box in the file.
    package struct Box: Hashable, Sendable {
        package var key: String
        package var box: String

        /// Creates a box from its parts.
        package init(key: String, box: String) {
            self.key = key
            self.box = box
        }
    }

    /// The fields of a secret that can change.
    package struct Contents: Hashable, Sendable {
        package var name: String
        package var allowedHosts: [String]
        package var generation: Int64
        package var fingerprint: String
        /// The date to rotate by, as `YYYY-MM-DD`.
        package var rotateBy: String?
        package var boxes: [Box]

        /// Creates contents from their parts.
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

    /// Returns a new file, with its keys in the format's order.
    package static func make(id: String, _ contents: Contents) -> [UInt8] {
        var object = JSONObject([JSONObject.Member(name: "id", value: .string(id))])
        contents.write(to: &object)
        let lines =
            ["# yaml-language-server: $schema=../../schema/secret.schema.json"]
            + ValueText(lineEnd: "\n", step: 2).block(.object(object), .record(.secret), column: 0)
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// Returns the file with new contents; unchanged fields keep their layout.
    package static func edit(_ source: [UInt8], to contents: Contents) throws(EditedDocument.Problem) -> [UInt8] {
        var document = try EditedDocument(source, as: .secret)
        try document.change(contents.write)
        return document.bytes
    }
}

extension SecretDocument.Contents {
    /// Sets the fields of an object; without a date to rotate by, the present one is kept.
    fileprivate func write(to object: inout JSONObject) {
        object.set("name", to: .string(name))
        object.set("allowedHosts", to: .strings(allowedHosts))
        object.set("generation", to: .integer(generation))
        object.set("fingerprint", to: .string(fingerprint))
        if let rotateBy { object.set("rotateBy", to: .string(rotateBy)) }
        let boxes = boxes.map { JSONObject(members: ["key": .string($0.key), "box": .string($0.box)]) }
        object.set("boxes", to: .array(boxes.map(JSONValue.object)))
    }
}
