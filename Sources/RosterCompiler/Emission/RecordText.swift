import RosterDiagnostics
import RosterJSON
import RosterModel
import RosterSources

/// What a run of providers or of secrets is in the registry's document: elements of an array, written while the files
/// are read.
///
/// When files were made and changed is known only when all were read; until then each has its modification time.
struct RecordText: Sendable {
    private let bytes: [UInt8]
    private let dates: [Dates]

    private struct Dates: Sendable {
        var file: FileIndex
        var places: JSONWriter.DatePlaces
    }

    /// Writes a run of records.
    struct Writer: ~Copyable {
        private var json: JSONWriter
        private var dates: [Dates] = []

        /// Starts a run of so many records; with `isFirst` none stands before them.
        init(isFirst: Bool, count: Int) {
            json = JSONWriter(elementsOf: .pretty, depth: 2, isFirst: isFirst, capacity: count * 1024)
            dates.reserveCapacity(count)
        }

        /// Adds a provider's element.
        mutating func append(_ provider: LinkedProvider, of file: FileIndex) {
            json.element()
            dates.append(Dates(file: file, places: provider.write(to: &json)))
        }

        /// Adds a secret's element.
        mutating func append(_ secret: Secret, of file: FileIndex) {
            json.element()
            dates.append(Dates(file: file, places: RegistryEncoder.write(secret, to: &json)))
        }

        /// Ends the run.
        consuming func finish() -> RecordText { RecordText(bytes: json.bytes, dates: dates) }
    }

    /// The elements, with the dates that a history has by path.
    func bytes(dated history: TreeHistory, in listing: Listing) -> [UInt8] {
        guard !history.dates.isEmpty else { return bytes }
        var bytes = bytes
        // From the end on: the year 10000 has a digit more.
        for dates in dates.reversed() {
            guard let known = history.dates[listing.files[dates.file].path] else { continue }
            Self.write(known.updated, at: dates.places.updated, in: &bytes)
            Self.write(known.created, at: dates.places.created, in: &bytes)
        }
        return bytes
    }

    /// Writes a moment in the place of another, whose text starts at an offset.
    private static func write(_ moment: Int64, at start: Int, in bytes: inout [UInt8]) {
        let text = Timestamp(secondsSince1970: moment).description.utf8
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) ?? start
        bytes.replaceSubrange(start..<end, with: text)
    }
}
