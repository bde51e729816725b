import RosterBytes
import RosterJSON

/// The index of an OCI image layout: the manifests of a folder by their reference names.
///
/// Entries that other tools wrote are kept as they are.
package struct LayoutIndex: Hashable, Sendable {
    /// The type of the index's own bytes.
    package static let mediaType = "application/vnd.oci.image.index.v1+json"
    /// The content of the file `oci-layout`.
    package static let layoutFile = Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8)

    private static let referenceName = "org.opencontainers.image.ref.name"

    /// An entry of the index.
    private struct Entry: Hashable {
        var descriptor: Descriptor
        /// The entry as another tool wrote it; nil for a new one.
        var original: JSONValue?

        var reference: String? { descriptor.annotations[LayoutIndex.referenceName] }
    }

    private var entries: [Entry] = []

    /// Creates an index without entries.
    package init() {}

    /// Parses an index, and keeps members of entries that it does not know.
    package init(_ bytes: [UInt8]) throws(Refusal) {
        let value = try ObjectReader.parse(bytes, "the index", limit: PublicationLimits.manifest)
        let members = try ObjectReader(value, "the index")
        guard try members.integer("schemaVersion", atLeast: 2) == 2 else {
            throw members.problem("schemaVersion", "is not 2")
        }
        if members.optional("mediaType") != nil { try members.require("mediaType", is: Self.mediaType) }
        for (index, element) in try members.array("manifests").enumerated() {
            let descriptor = try Descriptor(element, "manifest \(index + 1) of the index")
            entries.append(Entry(descriptor: descriptor, original: element))
        }
    }

    /// The descriptors in the order of the index.
    package var manifests: [Descriptor] { entries.map(\.descriptor) }

    /// Returns the manifest of a channel; nil when nothing is published there.
    package func manifest(of channel: Channel) throws(Refusal) -> Descriptor? {
        let found = entries.filter { $0.reference?.equalsInBytes(channel.description) == true }
        guard found.count <= 1 else {
            throw Refusal(.malformed, "the index has \(found.count) manifests with the name \"\(channel)\"")
        }
        return found.first?.descriptor
    }

    /// Makes a manifest the newest of its channel, and keeps at most a number of the older ones.
    ///
    /// The entry of the channel includes a manifest that is small. Another entry names it by channel and serial, as a tag of an OCI
    /// registry would, to go back to.
    package mutating func publish(_ manifest: [UInt8], channel: Channel, serial: Serial, keeping kept: Int) {
        let newest = Self.descriptor(
            manifest,
            channel.description,
            includesData: manifest.count <= PublicationLimits.includedManifest
        )
        let named = Self.descriptor(manifest, "\(channel)-\(serial)", includesData: false)
        entries.removeAll { $0.reference == channel.description || $0.reference == "\(channel)-\(serial)" }
        entries.append(Entry(descriptor: named, original: nil))
        let serials = entries.compactMap { Self.serial(of: $0, channel) }.sorted()
        // The newest of them is the one that is published.
        if let oldest = serials.suffix(max(kept, 0) + 1).first {
            entries.removeAll { entry in Self.serial(of: entry, channel).map { $0 < oldest } ?? false }
        }
        entries.insert(Entry(descriptor: newest, original: nil), at: 0)
    }

    /// The index as compact JSON, without a line end.
    package var bytes: [UInt8] {
        var json = JSONWriter(.compact, capacity: 4096)
        json.object { json in
            json.name("schemaVersion")
            json.integer(2)
            json.name("mediaType")
            json.string(Self.mediaType)
            json.name("manifests")
            json.array(of: entries) { entry, json in
                if let original = entry.original { json.value(original) } else { entry.descriptor.write(&json) }
            }
        }
        return json.bytes
    }

    private static func descriptor(_ manifest: [UInt8], _ name: String, includesData: Bool) -> Descriptor {
        Descriptor(
            of: manifest,
            mediaType: Manifest.mediaType,
            includesData: includesData,
            annotations: [referenceName: name]
        )
    }

    /// Returns the serial in the name of an entry for going back in a channel.
    private static func serial(of entry: Entry, _ channel: Channel) -> Serial? {
        let prefix = "\(channel)-"
        guard let name = entry.reference, name.hasPrefix(prefix),
            let number = Int64(name.dropFirst(prefix.count)), "\(prefix)\(number)" == name
        else { return nil }
        return Serial(milliseconds: number)
    }
}
