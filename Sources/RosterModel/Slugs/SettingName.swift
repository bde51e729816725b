import RosterBytes

/// How a slug treats a key of `config`.
public enum ConfigKeyUse: Equatable, Sendable {
    /// The slug reads it: a position in ``SlugFacts/settings``.
    case read(Int)
    /// The slug reads a key that differs by this number of edits: a position in ``SlugFacts/settings``.
    ///
    /// Keys that differ in case or separators alone are 0 edits apart.
    case near(Int, edits: Int)
    /// Other slugs read it, apart from case and separators: a position in ``ProviderSlug/settingNames``.
    case readElsewhere(Int)
    /// No slug reads it.
    case free
}

extension SlugFacts {
    /// Returns how the slug treats a key of `config`.
    public func use(ofConfigKey key: UnsafeBufferPointer<UInt8>) -> ConfigKeyUse {
        for position in settings.indices where unsafe settings[position].name.equals(key) { return .read(position) }
        guard let key = unsafe SettingName(key) else { return .free }
        var nearest: (position: Int, edits: Int)?
        for position in settings.indices {
            guard let edits = key.edits(to: settings[position]), edits < nearest?.edits ?? .max else { continue }
            nearest = (position, edits)
        }
        if let nearest { return .near(nearest.position, edits: nearest.edits) }
        return ProviderSlug.settingNames.firstIndex { key.edits(to: $0, atMost: 0) == 0 }.map {
            .readElsewhere($0)
        } ?? .free
    }
}

/// A key of `config` in lower case and without separators, ready to be compared with settings.
private struct SettingName {
    /// The longest setting has 12 letters; a key with three more is near to none.
    private static let limit = 14
    /// The most edits between a key and a setting that was meant.
    private static let tolerance = 2

    private var letters = InlineArray<14, UInt8>(repeating: 0)
    private var count = 0
    /// The letters that occur: bit `letter & 31` of each.
    private var occurring: UInt32 = 0

    /// Returns nil for a key that is too long to be near to a setting.
    init?(_ key: UnsafeBufferPointer<UInt8>) {
        for offset in key.indices {
            let byte = unsafe key[offset]
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: " "): continue
            default: break
            }
            guard count < Self.limit else { return nil }
            letters[count] = byte.asciiLowercased
            occurring |= 1 << UInt32(byte & 31)
            count += 1
        }
        guard count > 0 else { return nil }
    }

    /// Returns the number of edits to a setting; nil when the key is not near to it, or is a word of its own.
    func edits(to setting: SlugSetting) -> Int? {
        guard let edits = edits(to: setting.name, atMost: Self.tolerance) else { return nil }
        guard edits > 0 else { return 0 }
        // Two edits leave little of a short name: its first letter has to be there.
        let isShort = setting.name.utf8CodeUnitCount <= 4
        if isShort, edits > 1, unsafe letters[0] != setting.name.utf8Start[0] { return nil }
        return setting.otherWords.contains { self.edits(to: $0, atMost: 0) == 0 } ? nil : edits
    }

    /// Returns the edits from one word to another, a swap of neighbours being one (optimal string alignment distance);
    /// nil when there are more than `limit`.
    func edits(to name: StaticString, atMost limit: Int) -> Int? {
        let length = name.utf8CodeUnitCount
        guard abs(count - length) <= limit, length <= Self.limit, hasLetters(of: name, exceptAtMost: limit) else {
            return nil
        }
        var beforeLast = InlineArray<15, Int>(repeating: 0)
        var last = beforeLast
        for column in 0...length { last[column] = column }
        for row in 0..<count {
            var current = beforeLast
            current[0] = row + 1
            var least = row + 1
            for column in 0..<length {
                let wanted = unsafe name.utf8Start[column].asciiLowercased
                var cost = min(
                    last[column + 1] + 1,
                    current[column] + 1,
                    last[column] + (letters[row] == wanted ? 0 : 1)
                )
                if row > 0, column > 0, letters[row - 1] == wanted,
                    unsafe letters[row] == name.utf8Start[column - 1].asciiLowercased
                {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current[column + 1] = cost
                least = min(least, cost)
            }
            guard least <= limit else { return nil }
            (beforeLast, last) = (last, current)
        }
        return last[length] <= limit ? last[length] : nil
    }

    /// Returns whether few letters occur in only one of the two words, since each of them costs an edit.
    ///
    /// Nearly every key is told apart from the settings by this alone.
    private func hasLetters(of name: StaticString, exceptAtMost limit: Int) -> Bool {
        var others: UInt32 = 0
        for offset in 0..<name.utf8CodeUnitCount { others |= unsafe 1 << UInt32(name.utf8Start[offset] & 31) }
        return (occurring & ~others).nonzeroBitCount <= limit && (others & ~occurring).nonzeroBitCount <= limit
    }
}
