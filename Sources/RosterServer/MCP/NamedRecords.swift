import RosterModel

/// The encoded records of a snapshot, each with its handle as a last member.
struct NamedRecords {
    private let snapshot: Snapshot
    private let names: ProviderNames

    init(_ snapshot: Snapshot) {
        self.snapshot = snapshot
        names = ProviderNames(snapshot.registry)
    }

    /// Returns the JSON of a record.
    func record(at position: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        append(position, to: &bytes)
        return bytes
    }

    /// Returns an array of records.
    func array(of positions: [Int]) -> [UInt8] {
        var bytes = [UInt8(ascii: "[")]
        bytes.reserveCapacity(positions.reduce(2) { $0 + snapshot.records.bodyLength(at: $1) + 100 })
        for (index, position) in positions.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(position, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    /// Appends a record; a handle has no character that JSON escapes.
    private func append(_ position: Int, to bytes: inout [UInt8]) {
        bytes += snapshot.records.body(at: position).dropLast()
        bytes += ",\"handle\":\"\(names[position].text)\"}".utf8
    }
}
