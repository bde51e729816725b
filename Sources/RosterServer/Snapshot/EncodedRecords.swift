import NIOCore
import RosterCompiler
import RosterDiagnostics
import RosterModel

/// The records of a snapshot as they are sent: a response for each, in one buffer, in the registry's order.
///
/// A list is put together from the bodies in it.
struct EncodedRecords: Sendable {
    /// Where a record's response lies, and of what parts it is.
    private struct Piece: Sendable {
        var start: Int
        var commonLength: Int32
        var headLength: Int32
        var bodyLength: Int32
        var tag: EntityTag

        init(start: Int, _ common: Int, _ head: Int, _ body: Int, _ tag: EntityTag) {
            self.start = start
            commonLength = Int32(common)
            headLength = Int32(head)
            bodyLength = Int32(body)
            self.tag = tag
        }
    }

    private let bytes: ByteBuffer
    private let pieces: [Piece]
    private let positions: [ProviderID: Int32]

    init(_ providers: [Provider], fields: ResponseFields, previous: Snapshot?) {
        var bytes = ByteBuffer()
        bytes.reserveCapacity(providers.count * (fields.bytes.count + 640))
        var pieces: [Piece] = []
        pieces.reserveCapacity(providers.count)
        var positions: [ProviderID: Int32] = [:]
        positions.reserveCapacity(providers.count)
        for (position, provider) in providers.enumerated() {
            positions[provider.id] = Int32(position)
            let start = bytes.writerIndex
            if let (body, tag) = Self.unchanged(provider, in: previous) {
                let (common, head) = Self.write(body.count, fields, tag, to: &bytes)
                bytes.writeBytes(body)
                pieces.append(Piece(start: start, common, head, body.count, tag))
            } else {
                var json = JSONWriter(.compact, capacity: 512)
                json.record(of: provider)
                let tag = EntityTag(of: json.bytes.span)
                let (common, head) = Self.write(json.bytes.count, fields, tag, to: &bytes)
                bytes.writeBytes(json.bytes)
                pieces.append(Piece(start: start, common, head, json.bytes.count, tag))
            }
        }
        (self.bytes, self.pieces, self.positions) = (bytes, pieces, positions)
    }

    private static func write(
        _ length: Int,
        _ fields: ResponseFields,
        _ tag: EntityTag,
        to bytes: inout ByteBuffer
    ) -> (Int, Int) {
        let (common, head) = EncodedResponse.write(
            length,
            type: "application/json",
            fields: fields,
            tag: tag,
            to: &bytes
        )
        return (common, head)
    }

    private static func unchanged(_ provider: Provider, in previous: Snapshot?) -> (ByteBufferView, EntityTag)? {
        guard let previous, let position = previous.records.position(of: provider.id),
            previous.registry.providers[position] == provider
        else { return nil }
        return (previous.records.body(at: position), previous.records.pieces[position].tag)
    }

    /// How many bytes all responses have together.
    var byteCount: Int { bytes.readableBytes }

    /// Where a provider stands in the registry.
    func position(of id: ProviderID) -> Int? { positions[id].map(Int.init) }

    /// The response with a record.
    func response(at position: Int) -> EncodedResponse {
        let piece = pieces[position]
        let length = Int(piece.headLength + piece.bodyLength)
        return EncodedResponse(
            bytes: bytes.getSlice(at: piece.start, length: length) ?? ByteBuffer(),
            commonLength: Int(piece.commonLength),
            headLength: Int(piece.headLength),
            tag: piece.tag
        )
    }

    /// A record's JSON.
    func body(at position: Int) -> ByteBufferView {
        let piece = pieces[position]
        let start = piece.start + Int(piece.headLength)
        return bytes.viewBytes(at: start, length: Int(piece.bodyLength)) ?? ByteBufferView()
    }

    /// How many bytes a record's JSON has.
    func bodyLength(at position: Int) -> Int { Int(pieces[position].bodyLength) }
}
