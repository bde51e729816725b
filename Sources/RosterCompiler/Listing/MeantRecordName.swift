import RosterModel

/// A file's name that was most likely meant to be a record's: a handle and `.yaml`, or nearly so.
struct MeantRecordName {
    /// The name without its suffix.
    let stem: String

    /// Takes a name apart; nil for a file that nothing marks as a record: `README.md`, `gpt-4o.yaml.bak`, `.gitkeep`.
    init?(_ name: String) {
        guard name.utf8.first != UInt8(ascii: ".") else { return nil }
        let trimmed = name.utf8.reversed().drop { $0 <= 0x20 }.reversed()
        let lowercased = String(decoding: trimmed.map(\.asciiLowercased), as: UTF8.self)
        guard let suffix = Self.suffixes.first(where: { lowercased.hasSuffix($0) }) else { return nil }
        let stem = String(decoding: trimmed.dropLast(suffix.utf8.count), as: UTF8.self)
        guard !stem.isEmpty else { return nil }
        self.stem = stem
    }

    /// The name that the record's file should have; nil when the stem has no letter or digit of a handle.
    var corrected: String? {
        let handle = InvalidHandle.nearestHandle(to: stem)
        return handle.isEmpty ? nil : handle + RepositoryLayout.recordSuffix
    }

    /// Suffixes of YAML files as people and editors write them, and JSON, which is YAML as well.
    private static let suffixes = [
        ".yaml", ".yml", ".yaml.txt", ".yml.txt", ".json", ".yalm", ".ymal", ".yamll", ".yam",
    ]
}

/// A file that was meant to be a record and is not read because of its place.
struct MisplacedRecord: Sendable {
    /// Relative to the repository.
    var path: String
    var role: FileRole
    /// The project whose folder it is below; nil for a file that is in no project's folder.
    var project: String?
    /// The file's name with which it would be read; nil when none can be made of its own.
    var name: String?
    /// The folder that is not looked into.
    var folder: String
}
