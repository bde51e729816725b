import RosterCompiler
import RosterJSON
import RosterModel
import RosterSources

/// Edits the sealing keys in `roster.yaml`.
package enum SealingKeyDocument {
    /// Returns the file with a key appended to the list.
    package static func add(
        id: String,
        publicKey: String,
        name: String,
        to source: [UInt8]
    ) throws(EditedDocument.Problem) -> [UInt8] {
        var document = try EditedDocument(source, as: .roster)
        let key = JSONObject(members: ["id": .string(id), "publicKey": .string(publicKey), "name": .string(name)])
        let keys = document.contents["sealingKeys"]?.elements ?? []
        try document.change { $0.set("sealingKeys", to: .array(keys + [.object(key)])) }
        return document.bytes
    }

    /// Returns the file with a key marked as retired.
    package static func retire(_ id: String, in source: [UInt8]) throws(EditedDocument.Problem) -> [UInt8] {
        var document = try EditedDocument(source, as: .roster)
        var keys = document.contents["sealingKeys"]?.elements ?? []
        guard let index = keys.firstIndex(where: { $0.object?["id"]?.string == id }), var key = keys[index].object
        else { throw .missing(id) }
        key.set("retired", to: .boolean(true))
        keys[index] = .object(key)
        try document.change { $0.set("sealingKeys", to: .array(keys)) }
        return document.bytes
    }
}
