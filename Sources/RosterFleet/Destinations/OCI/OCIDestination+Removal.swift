import RosterBytes
import RosterPublication

extension OCIDestination {
    /// The maximum number of tags that are removed after one publication.
    private static let removalLimit = 20

    /// Returns the tag of a publication that stays when the tag of the channel moves on.
    static func tag(_ channel: String, _ serial: Serial) -> String { "\(channel)-\(serial)" }

    /// Removes the tags of older publications, as far as the registry can remove tags.
    ///
    /// Many registries cannot remove tags, and have retention policies instead, so a failure is not reported. A manifest is
    /// never removed by its digest, since other tags may have it.
    func removeOlder(than serial: Serial, keeping kept: Int) async {
        guard let tags = try? await client.tags() else { return }
        let older = tags.compactMap(serial(ofTag:)).filter { $0 < serial }.sorted(by: >)
        for serial in older.dropFirst(max(0, kept)).suffix(Self.removalLimit) {
            do { try await remover.remove(tag: Self.tag(tag, serial)) } catch {
                guard error.reason == .notFound else { return }
            }
        }
    }

    /// Returns the serial that a tag of an older publication ends in; nil for any other tag.
    private func serial(ofTag name: String) -> Serial? {
        let prefix = tag + "-"
        guard name.utf8.starts(with: prefix.utf8) else { return nil }
        let digits = name.utf8.dropFirst(prefix.utf8.count)
        guard digits.allSatisfy(\.isASCIIDigit), let number = Int64(Substring(digits)) else { return nil }
        return Serial(milliseconds: number).flatMap { $0.description == String(Substring(digits)) ? $0 : nil }
    }
}
