import RosterJSON
import RosterBytes
import RosterModel

/// The manifest of a publication: an OCI image manifest with the compressed registry and the envelope as layers.
package struct Manifest: Hashable, Sendable {
    /// The type of the manifest's own bytes.
    package static let mediaType = "application/vnd.oci.image.manifest.v1+json"
    package static let artifactType = "application/vnd.roster.registry.v1"
    /// The type of the layer with the compressed registry.
    package static let registryType = "application/vnd.roster.registry.v1+json+gzip"
    /// The type of the layer with a registry that is not compressed.
    private static let unpackedType = "application/vnd.roster.registry.v1+json"
    /// The name of the envelope's file.
    package static let envelopeName = "registry.json.dsse"
    /// The content of the configuration, which is empty.
    package static let emptyConfig = Array("{}".utf8)

    private static let emptyConfigType = "application/vnd.oci.empty.v1+json"
    private static let titleName = "org.opencontainers.image.title"
    private static let layerLimit = 16

    /// The layers in the order of the document.
    package let layers: [Descriptor]
    /// The only layer with an envelope.
    package let envelope: Descriptor

    /// Parses a manifest.
    ///
    /// Annotations, the order of layers, and members that tools add are ignored.
    package init(_ bytes: [UInt8]) throws(Refusal) {
        let value = try ObjectReader.parse(bytes, "the manifest", limit: PublicationLimits.manifest)
        let members = try ObjectReader(value, "the manifest")
        guard try members.integer("schemaVersion", atLeast: 2) == 2 else {
            throw members.problem("schemaVersion", "is not 2")
        }
        // OCI allows a manifest without its own type.
        if members.optional("mediaType") != nil { try members.require("mediaType", is: Self.mediaType) }
        try members.require("artifactType", is: Self.artifactType)
        let elements = try members.array("layers")
        guard elements.count <= Self.layerLimit else {
            throw members.problem("layers", "has \(elements.count) elements, at most \(Self.layerLimit) are allowed")
        }
        var layers: [Descriptor] = []
        for (index, element) in elements.enumerated() {
            layers.append(try Descriptor(element, "layer \(index + 1) of the manifest"))
        }
        let envelopes = layers.filter { $0.mediaType.equalsInBytes(Envelope.mediaType) }
        guard let envelope = envelopes.first, envelopes.count == 1 else {
            throw Refusal(.unsigned, "the manifest has \(envelopes.count) envelopes, and must have one")
        }
        guard envelope.size <= PublicationLimits.envelope else {
            throw Refusal(
                .tooLarge,
                "the envelope has \(envelope.size) bytes, and at most \(PublicationLimits.envelope) are allowed"
            )
        }
        self.layers = layers
        self.envelope = envelope
    }

    /// Returns the layer whose digest a statement names as that of the compressed registry.
    package func registry(of statement: Statement) throws(Refusal) -> Descriptor {
        guard let layer = layers.first(where: { $0.digest == statement.compressed.digest }) else {
            throw Refusal(.digestMismatch, "no layer of the manifest has the digest that the statement names")
        }
        guard layer.size == statement.compressed.size else {
            let size = statement.compressed.size
            throw Refusal(.digestMismatch, "the layer has \(layer.size) bytes, and the statement names \(size)")
        }
        return layer
    }

    /// The layer with the registry that an incomplete source has instead of the one that is signed; nil for none.
    package var otherRegistry: Descriptor? { layers.first { $0.mediaType.equalsInBytes(Self.unpackedType) } }

    /// Returns the bytes of the manifest of a publication, the same for the same statement and envelope.
    ///
    /// The manifest includes a compressed registry that is small; with nil, none. `otherRegistry` is the content that a source
    /// of two files has instead of the registry.
    package static func encode(
        _ statement: Statement,
        envelope: [UInt8],
        compressed: [UInt8]?,
        otherRegistry: Statement.Content? = nil
    ) -> [UInt8] {
        let registry = Descriptor(
            mediaType: registryType,
            digest: statement.compressed.digest,
            size: statement.compressed.size,
            data: compressed.flatMap { $0.count <= PublicationLimits.included ? $0 : nil },
            annotations: [titleName: Statement.compressedName]
        )
        let envelope = Descriptor(
            of: envelope,
            mediaType: Envelope.mediaType,
            includesData: true,
            annotations: [titleName: envelopeName]
        )
        let other = otherRegistry.map { Descriptor(mediaType: unpackedType, digest: $0.digest, size: $0.size) }
        var annotations = ["org.opencontainers.image.created": statement.issued.description]
        annotations["org.opencontainers.image.revision"] = statement.commit?.id
        var json = JSONWriter(.compact, capacity: 4096)
        json.object { json in
            json.name("schemaVersion")
            json.integer(2)
            json.name("mediaType")
            json.string(mediaType)
            json.name("artifactType")
            json.string(artifactType)
            json.name("config")
            Descriptor(of: emptyConfig, mediaType: emptyConfigType, includesData: true).write(&json)
            json.name("layers")
            json.array(of: [registry, envelope] + (other.map { [$0] } ?? [])) { layer, json in layer.write(&json) }
            json.writeAnnotations(annotations)
        }
        return json.bytes
    }
}
