import RosterBytes

/// The use that a slug makes of a key of `config`.
public enum ConfigKeyUse: Equatable, Sendable {
    /// The slug reads it: a position in ``SlugFacts/settings``.
    case read(Int)
    /// The slug reads a key that differs by this number of edits: a position in ``SlugFacts/settings``.
    ///
    /// Keys that differ only in case or separators are 0 edits apart.
    case near(Int, edits: Int)
    /// Other slugs read it, apart from case and separators: a position in ``ProviderSlug/settingNames``.
    case readElsewhere(Int)
    /// No slug reads it.
    case free
}

extension SlugFacts {
    /// Returns the use that the slug makes of a key of `config`.
    public func use(ofConfigKey key: UnsafeBufferPointer<UInt8>) -> ConfigKeyUse {
        for position in settingNames.indices where unsafe settingNames[position].text.equals(key) {
            return .read(position)
        }
        let letters = unsafe KeyLetters(key)
        guard letters.count <= NormalizedKey.limit else { return .free }
        var nearest: (position: Int, edits: Int)?
        for position in settingNames.indices
        where letters.mayBe(settingNames[position], edits: NormalizedKey.tolerance) {
            guard let edits = unsafe NormalizedKey(key)?.edits(to: settings[position]),
                edits < nearest?.edits ?? .max
            else { continue }
            nearest = (position, edits)
        }
        if let nearest { return .near(nearest.position, edits: nearest.edits) }
        for (position, name) in Self.allSettingNames.enumerated() where letters.mayBe(name, edits: 0) {
            if unsafe NormalizedKey(key)?.edits(to: name.text, atMost: 0) == 0 { return .readElsewhere(position) }
        }
        return .free
    }

    /// The elements of ``ProviderSlug/settingNames``.
    private static let allSettingNames = ProviderSlug.settingNames.map { SettingName($0) }
}
