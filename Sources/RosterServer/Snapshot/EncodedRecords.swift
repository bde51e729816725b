import NIOCore
import RosterCatalogue
import RosterBackend
import RosterCompiler
import RosterDiagnostics
import RosterJSON
import RosterModel

/// The encoded records of a snapshot, in the registry's order: the header fields and the body of each.
///
/// Records are stored in runs. A run without a changed record is shared with the previous snapshot. A list is made from
/// the bodies.
struct EncodedRecords: Sendable {
    private let runs: [Run]
    private let providers: [Provider]
    private let positions: [ProviderID: Int32]

    /// Consecutive records in one buffer.
    private final class Run: Sendable {
        let bytes: ByteBuffer
        let pieces: [Piece]

        init(_ bytes: ByteBuffer, _ pieces: [Piece]) { (self.bytes, self.pieces) = (bytes, pieces) }
    }

    /// The position of a record in its buffer, and the lengths of its parts.
    private struct Piece: Sendable {
        var start: Int32
        var commonLength: Int32
        var headLength: Int32
        var bodyLength: Int32
        var tag: EntityTag
    }

    private static let runLength = 128

    init(_ providers: [Provider], models: ModelCatalogue, previous: Snapshot?) {
        let before = previous?.records
        let reusable = previous?.models == models ? before : nil
        runs = stride(from: 0, to: providers.count, by: Self.runLength).map { start in
            let range = start..<min(start + Self.runLength, providers.count)
            return reusable?.run(of: providers[range]) ?? Self.encode(providers[range], models)
        }
        self.providers = providers
        if let before, before.providers.count == providers.count,
            zip(before.providers, providers).allSatisfy({ $0.id == $1.id })
        {
            positions = before.positions
        } else {
            positions = Dictionary(providers.enumerated().map { ($1.id, Int32($0)) }) { first, _ in first }
        }
    }

    /// Encodes records of which only some differ from earlier ones; their ids may differ as well.
    init(_ providers: [Provider], models: ModelCatalogue, updating earlier: EncodedRecords, changed: [Int]) {
        var runs = earlier.runs
        for run in Set(changed.map { $0 / Self.runLength }) {
            let start = run * Self.runLength
            runs[run] = Self.encode(providers[start..<min(start + Self.runLength, providers.count)], models)
        }
        var positions = earlier.positions
        for position in changed where providers[position].id != earlier.providers[position].id {
            positions[earlier.providers[position].id] = nil
        }
        for position in changed { positions[providers[position].id] = Int32(position) }
        (self.runs, self.providers, self.positions) = (runs, providers, positions)
    }

    /// Returns the run that has exactly these records, at the same positions.
    private func run(of providers: ArraySlice<Provider>) -> Run? {
        guard providers.endIndex <= self.providers.count,
            runs[providers.startIndex / Self.runLength].pieces.count == providers.count
        else { return nil }
        let (before, now) = (self.providers[providers.indices].span, providers.span)
        for index in now.indices where before[index] != now[index] { return nil }
        return runs[providers.startIndex / Self.runLength]
    }

    private static func encode(_ providers: ArraySlice<Provider>, _ models: ModelCatalogue) -> Run {
        var bytes = ByteBuffer()
        bytes.reserveCapacity(providers.count * 640)
        let pieces = providers.map { provider in
            var json = JSONWriter(.compact, capacity: 512)
            json.record(of: provider)
            let body = json.bytes
            let tag = EntityTag(of: body.span)
            let start = bytes.writerIndex
            let (common, head) = EncodedResponse.write(
                body.count,
                type: "application/json",
                fields: models.fields(of: provider),
                tag: tag,
                to: &bytes
            )
            bytes.writeBytes(body)
            return Piece(
                start: Int32(start),
                commonLength: Int32(common),
                headLength: Int32(head),
                bodyLength: Int32(body.count),
                tag: tag
            )
        }
        return Run(bytes, pieces)
    }

    /// The number of bytes of all records.
    var byteCount: Int { runs.reduce(0) { $0 + $1.bytes.readableBytes } }

    /// Returns the position of a provider in the registry.
    func position(of id: ProviderID) -> Int? { positions[id].map(Int.init) }

    private func piece(at position: Int) -> (Run, Piece) {
        let run = runs[position / Self.runLength]
        return (run, run.pieces[position % Self.runLength])
    }

    /// Returns the response with a record, after the fields that all responses of a snapshot have.
    func response(at position: Int, after fields: ByteBuffer) -> EncodedResponse {
        let (run, piece) = piece(at: position)
        let length = Int(piece.headLength + piece.bodyLength)
        return EncodedResponse(
            fields: fields,
            bytes: run.bytes.getSlice(at: Int(piece.start), length: length) ?? ByteBuffer(),
            commonLength: Int(piece.commonLength),
            headLength: Int(piece.headLength),
            tag: piece.tag
        )
    }

    /// Returns a record's JSON.
    func body(at position: Int) -> ByteBufferView {
        let (run, piece) = piece(at: position)
        let start = Int(piece.start + piece.headLength)
        return run.bytes.viewBytes(at: start, length: Int(piece.bodyLength)) ?? ByteBufferView()
    }

    /// Returns the entity tag of a record.
    func tag(at position: Int) -> EntityTag { piece(at: position).1.tag }

    /// Returns the number of bytes of a record's JSON.
    func bodyLength(at position: Int) -> Int { Int(piece(at: position).1.bodyLength) }
}
