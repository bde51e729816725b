import RosterCompiler
import RosterJSON
import RosterModel
import RosterSources

/// `roster.yaml` where it names sealing keys.
package enum SealingKeyDocument {
    /// The file with one more key at the end of the list.
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

    /// The file with a key marked as retired.
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
