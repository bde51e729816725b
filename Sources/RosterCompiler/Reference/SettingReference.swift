import RosterModel

/// The keys of `config` that slugs read, for the page of the format.
enum SettingReference {
    /// A table in Markdown.
    static var markdown: String {
        var lines = ["| key of `config` | read by | meaning |", "| --- | --- | --- |"]
        for name in ProviderSlug.settingNames {
            for use in ProviderSlug.uses(ofSetting: name) {
                let slugs = use.slugs.map { "`\($0.rawValue)`" }.joined(separator: ", ")
                lines.append("| `\(name)` | \(slugs) | \(use.summary) |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
