import RosterDiagnostics
import RosterJSON
package import RosterModel
package import RosterSources

/// The text of consecutive providers or secrets in the registry's document: elements of an array.
///
/// It is written while files are read. Their dates may be known only after all were read; until then each has its
/// modification time.
package struct RecordText: Sendable {
    private let bytes: [UInt8]
    private let dates: [Dates]

    private struct Dates: Sendable {
        var file: FileIndex
        var places: JSONWriter.DatePlaces
    }

    /// A writer of consecutive records.
    package struct Writer: ~Copyable {
        private var json: JSONWriter
        private var dates: [Dates] = []

        /// Creates a writer for a number of records; `isFirst` means that they are the first of the array.
        package init(isFirst: Bool, count: Int) {
            json = JSONWriter(elementsOf: .pretty, depth: 2, isFirst: isFirst, capacity: count * 1536)
            dates.reserveCapacity(count)
        }

        /// Writes a provider's element.
        package mutating func append(_ provider: ProviderRecord, of file: FileIndex) {
            json.element()
            dates.append(Dates(file: file, places: provider.write(to: &json)))
        }

        /// Writes a secret's element.
        package mutating func append(_ secret: Secret, of file: FileIndex) {
            json.element()
            dates.append(Dates(file: file, places: RegistryEncoder.write(secret, to: &json)))
        }

        /// Returns the text.
        package consuming func finish() -> RecordText { RecordText(bytes: json.bytes, dates: dates) }
    }

    /// Returns the elements, with the dates of a history.
    package func bytes(dated history: TreeHistory, in listing: Listing) -> [UInt8] {
        guard !history.dates.isEmpty else { return bytes }
        var bytes = bytes
        // Backwards: the year 10000 has one digit more.
        for dates in dates.reversed() {
            guard let known = history.dates[listing.files[dates.file].path] else { continue }
            Self.write(known.updated, at: dates.places.updated, in: &bytes)
            Self.write(known.created, at: dates.places.created, in: &bytes)
        }
        return bytes
    }

    /// Replaces the text of a moment at an offset.
    private static func write(_ moment: Int64, at start: Int, in bytes: inout [UInt8]) {
        let text = Timestamp(secondsSince1970: moment).description.utf8
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) ?? start
        bytes.replaceSubrange(start..<end, with: text)
    }
}
