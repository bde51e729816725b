import RosterCompiler
import RosterJSON
import RosterModel
import RosterSources

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
        var object = JSONObject([JSONObject.Member(name: "id", value: .string(id))])
        contents.write(to: &object)
        let lines =
            ["# yaml-language-server: $schema=../../schema/secret.schema.json"]
            + ValueText(lineEnd: "\n", step: 2).block(.object(object), .record(.secret), column: 0)
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// The file with other contents; what does not change stays as it is written.
    package static func edit(_ source: [UInt8], to contents: Contents) throws(EditedDocument.Problem) -> [UInt8] {
        var document = try EditedDocument(source, as: .secret)
        try document.change(contents.write)
        return document.bytes
    }
}

extension SecretDocument.Contents {
    /// Puts the fields into what a file says; without a date to rotate by, the one that stands there stays.
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
