package import RosterBytes
import RosterJSON

/// A reference to content by its digest, in a manifest or an index of OCI (image-spec 1.1).
package struct Descriptor: Hashable, Sendable {
    package var mediaType: String
    /// The SHA-256 digest of the content.
    package var digest: Digest
    /// The number of bytes of the content.
    package var size: Int
    /// The content itself, which saves a request; nil when a tool left it out.
    package var data: [UInt8]?
    /// The annotations by their names; they are never trusted.
    package var annotations: [String: String]

    /// Describes content, and includes it on request.
    package init(
        of content: [UInt8],
        mediaType: String,
        includesData: Bool = false,
        annotations: [String: String] = [:]
    ) {
        self.init(
            mediaType: mediaType,
            digest: Digest.sha256(of: content.span),
            size: content.count,
            data: includesData ? content : nil,
            annotations: annotations
        )
    }

    package init(
        mediaType: String,
        digest: Digest,
        size: Int,
        data: [UInt8]? = nil,
        annotations: [String: String] = [:]
    ) {
        (self.mediaType, self.digest, self.size) = (mediaType, digest, size)
        (self.data, self.annotations) = (data, annotations)
    }

    /// The digest as OCI writes it.
    package var reference: String { Self.digestPrefix + digest.hex }

    private static let digestPrefix = "sha256:"

    /// Reads a descriptor, and ignores members that it does not know.
    init(_ value: JSONValue, _ place: String) throws(Refusal) {
        let members = try ObjectReader(value, place)
        let reference = try members.text("digest")
        guard reference.utf8.starts(with: Self.digestPrefix.utf8),
            let bytes = LowerHex.decode(Array(reference.utf8.dropFirst(Self.digestPrefix.utf8.count)).span),
            bytes.count == 32
        else { throw members.problem("digest", "is not \"sha256:\" and 64 lower-case hexadecimal digits") }
        self.init(
            mediaType: try members.text("mediaType"),
            digest: Digest(bytes: bytes),
            size: Int(try members.integer("size", atLeast: 0)),
            data: members.optional("data") == nil ? nil : try members.base64("data"),
            annotations: try Self.annotations(members)
        )
        if let data { try check(data, place) }
    }

    /// Checks that content is what the descriptor describes.
    package func check(_ content: [UInt8], _ place: String) throws(Refusal) {
        guard content.count == size else {
            throw Refusal(.digestMismatch, "\(place) has \(content.count) bytes, and must have \(size)")
        }
        guard Digest.sha256(of: content.span) == digest else {
            throw Refusal(.digestMismatch, "the digest of \(place) is not \(reference)")
        }
    }

    private static func annotations(_ members: ObjectReader) throws(Refusal) -> [String: String] {
        guard let value = members.optional("annotations") else { return [:] }
        guard let object = value.object else { throw members.problem("annotations", "is not an object") }
        var annotations: [String: String] = [:]
        for member in object.members {
            guard let text = member.value.string else {
                throw members.problem("annotations", "has a value that is not a text")
            }
            annotations[member.name] = text
        }
        return annotations
    }

    /// Writes the descriptor, with annotations in the order of their names.
    func write(_ json: inout JSONWriter) {
        json.object { json in
            json.name("mediaType")
            json.string(mediaType)
            json.name("digest")
            json.string(reference)
            json.name("size")
            json.integer(size)
            if let data {
                json.name("data")
                json.string(CanonicalBase64.encode(data.span))
            }
            json.writeAnnotations(annotations)
        }
    }
}

extension JSONWriter {
    /// Writes the member `annotations` in the order of the names, if there are any.
    mutating func writeAnnotations(_ annotations: [String: String]) {
        guard !annotations.isEmpty else { return }
        name("annotations")
        object { json in
            for (name, value) in annotations.sorted(by: { Array($0.key.utf8).lexicographicallyPrecedes($1.key.utf8) }) {
                json.name(escaping: name)
                json.string(value)
            }
        }
    }
}
