import RosterBytes

/// The name of a setting, with the letters that a key is compared with first.
struct SettingName: Sendable {
    let text: StaticString
    /// The letters that occur: bit `letter & 31` of each.
    let letters: UInt32

    /// The number of letters; a name has no separators.
    var count: Int { text.utf8CodeUnitCount }

    init(_ text: StaticString) {
        self.text = text
        letters = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount).reduce(0) {
            $0 | 1 << UInt32($1 & 31)
        }
    }

    /// Returns a Boolean value that indicates whether few letters occur in only one of two words.
    ///
    /// Each of them costs an edit. This alone distinguishes almost every key from all settings.
    func sharesLetters(_ others: UInt32, exceptAtMost limit: Int) -> Bool {
        Self.hasAtMost(limit, bits: letters & ~others) && Self.hasAtMost(limit, bits: others & ~letters)
    }

    private static func hasAtMost(_ limit: Int, bits: UInt32) -> Bool {
        var bits = bits
        // Each step clears the lowest bit.
        for _ in 0..<limit { bits &= bits &- 1 }
        return bits == 0
    }
}

/// A key of `config` as its letters and their number, without case and separators.
struct KeyLetters {
    /// The letters that occur: bit `letter & 31` of each.
    private(set) var occurring: UInt32 = 0
    private(set) var count = 0

    init(_ key: UnsafeBufferPointer<UInt8>) {
        for offset in key.indices where unsafe !Self.isSeparator(key[offset]) {
            occurring |= unsafe 1 << UInt32(key[offset] & 31)
            count += 1
        }
    }

    static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: " ")
    }

    /// Returns a Boolean value that indicates whether length and letters allow this few edits to a setting.
    func mayBe(_ setting: SettingName, edits: Int) -> Bool {
        abs(count - setting.count) <= edits && setting.sharesLetters(occurring, exceptAtMost: edits)
    }
}

/// A key of `config` in lower case and without separators, to be compared with settings.
struct NormalizedKey {
    /// The longest setting has 12 letters; a key with three more is not near any.
    static let limit = 14
    /// The most edits between a key and the setting that its author meant.
    static let tolerance = 2

    private var letters = InlineArray<14, UInt8>(repeating: 0)
    private var count = 0

    /// Creates a key; returns nil for one that is empty or too long to be near a setting.
    init?(_ key: UnsafeBufferPointer<UInt8>) {
        for offset in key.indices where unsafe !KeyLetters.isSeparator(key[offset]) {
            guard count < Self.limit else { return nil }
            letters[count] = unsafe key[offset].asciiLowercased
            count += 1
        }
        guard count > 0 else { return nil }
    }

    /// Returns the number of edits to a setting, or nil when the key is not near it or is another word.
    func edits(to setting: SlugSetting) -> Int? {
        guard let edits = edits(to: setting.name, atMost: Self.tolerance) else { return nil }
        guard edits > 0 else { return 0 }
        // Two edits change most of a short name: its first letter has to be the same.
        let isShort = setting.name.utf8CodeUnitCount <= 4
        if isShort, edits > 1, unsafe letters[0] != setting.name.utf8Start[0] { return nil }
        return setting.otherWords.contains { self.edits(to: $0, atMost: 0) == 0 } ? nil : edits
    }

    /// Returns the number of edits from one word to another, or nil when there are more than `limit`.
    ///
    /// A swap of neighbors is one edit (optimal string alignment distance).
    func edits(to name: StaticString, atMost limit: Int) -> Int? {
        let length = name.utf8CodeUnitCount
        guard abs(count - length) <= limit, length <= Self.limit else { return nil }
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
}
