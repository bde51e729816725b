import RosterBytes
import RosterModel

/// A file name that was most likely meant to be a record's: a handle and `.yaml`, or nearly so.
package struct MeantRecordName {
    /// The name without its suffix.
    let stem: String

    /// Parses a name; nil for a file that nothing marks as a record: `README.md`, `gpt-4o.yaml.bak`, `.gitkeep`.
    package init?(_ name: String) {
        guard name.utf8.first != UInt8(ascii: ".") else { return nil }
        let trimmed = name.utf8.reversed().drop { $0 <= 0x20 }.reversed()
        let lowercased = String(decoding: trimmed.map(\.asciiLowercased), as: UTF8.self)
        guard let suffix = Self.suffixes.first(where: { lowercased.hasSuffix($0) }) else { return nil }
        let stem = String(decoding: trimmed.dropLast(suffix.utf8.count), as: UTF8.self)
        guard !stem.isEmpty else { return nil }
        self.stem = stem
    }

    /// The name that the record's file should have; nil when the stem has no letter or digit of a handle.
    package var corrected: String? {
        let handle = Handle.nearest(to: stem)
        return handle.isEmpty ? nil : handle + RepositoryLayout.recordSuffix
    }

    /// The suffixes of YAML files as people and editors write them, and of JSON, which is YAML as well.
    private static let suffixes = [
        ".yaml", ".yml", ".yaml.txt", ".yml.txt", ".json", ".yalm", ".ymal", ".yamll", ".yam",
    ]
}

extension Handle {
    /// Returns the handle that is nearest to a name; empty when the name has no letter or digit of a handle.
    package static func nearest(to name: String) -> String {
        var result = ""
        for scalar in name.lowercased().unicodeScalars {
            let isPlain = scalar.isASCII && UInt8(scalar.value).isASCIILetterOrDigit
            if isPlain {
                result.unicodeScalars.append(scalar)
            } else if !result.isEmpty && !result.hasSuffix("-") {
                result += "-"
            }
        }
        result = String(result.prefix(maximumLength))
        while result.hasSuffix("-") { result.removeLast() }
        return result
    }
}
