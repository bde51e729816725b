import RosterBytes
package import RosterModel

/// The rules by which a written model is one of a catalogue.
extension ModelCatalogue {
    /// Returns the row of a model as people write it; nil if the catalogue does not have it.
    ///
    /// A name is compared exactly, so that a date or another suffix makes another model. In addition:
    /// - google: names after `models/`, and names of Vertex AI after `publishers/…/models/`, which fall back to the bare name.
    /// - bedrock: the last segment of an ARN, and names with a region's prefix (`us.`, `eu.`, `apac.`, `global.`) or a
    ///   version's suffix (`:0`), which fall back to the bare name.
    /// - openai: a fine-tuned model, as `ft:` and its base.
    ///
    /// For azure, the model is what `config.model` names; the name of a deployment has no meaning.
    package func row(of slug: ProviderSlug, _ model: String) -> Row? {
        let name = model.utf8.span
        let whole = 0..<name.count
        guard !whole.isEmpty else { return nil }
        if let row = row(of: slug, name, whole) { return row }
        return switch slug {
        case .google: googleRow(name)
        case .bedrock: bedrockRow(name)
        case .openai: openAIRow(name)
        case .anthropic, .xai, .groq, .azure, .ollama, .gateway, .custom: nil
        }
    }

    private func googleRow(_ name: Span<UInt8>) -> Row? {
        // A name of Vertex AI may follow after its project and location.
        if let start = Self.position(of: Self.publishers, in: name, from: 0),
            start == 0 || name[start - 1] == UInt8(ascii: "/")
        {
            if start > 0, let row = row(of: .google, name, start..<name.count) { return row }
            guard let models = Self.position(of: Self.innerModels, in: name, from: start) else { return nil }
            return row(of: .google, name, models + Self.innerModels.count..<name.count)
        }
        guard Self.hasPrefix(Self.models, name, at: 0) else { return nil }
        return row(of: .google, name, Self.models.count..<name.count)
    }

    private func bedrockRow(_ name: Span<UInt8>) -> Row? {
        var start = 0
        if Self.hasPrefix(Self.arn, name, at: 0) {
            guard let slash = Self.lastSlash(in: name) else { return nil }
            start = slash + 1
            if let row = row(of: .bedrock, name, start..<name.count) { return row }
        }
        let region = Self.lengthOfRegion(in: name, at: start)
        let bare = start + region
        if region > 0, let row = row(of: .bedrock, name, bare..<name.count) { return row }
        // The suffix may have two parts: the version, and the length of the context.
        for end in (bare..<name.count).reversed() {
            guard name[end] == UInt8(ascii: ":") else {
                guard name[end].isASCIILetterOrDigit else { return nil }
                continue
            }
            if let row = row(of: .bedrock, name, start..<end) ?? row(of: .bedrock, name, bare..<end) { return row }
        }
        return nil
    }

    /// Finds `ft:gpt-4o-2024-08-06` for `ft:gpt-4o-2024-08-06:acme:checkout:8Q2x`.
    private func openAIRow(_ name: Span<UInt8>) -> Row? {
        guard Self.hasPrefix(Self.fineTuned, name, at: 0) else { return nil }
        for end in Self.fineTuned.count..<name.count where name[end] == UInt8(ascii: ":") {
            return row(of: .openai, name, 0..<end)
        }
        return nil
    }

    private static let models = Array("models/".utf8)
    private static let publishers = Array("publishers/".utf8)
    private static let innerModels = Array("/models/".utf8)
    private static let arn = Array("arn:".utf8)
    private static let fineTuned = Array("ft:".utf8)
    /// The prefixes of inference profiles.
    private static let regions = ["us.", "eu.", "apac.", "global.", "us-gov.", "au.", "jp.", "ca."].map {
        Array($0.utf8)
    }

    private static func lengthOfRegion(in name: Span<UInt8>, at start: Int) -> Int {
        for region in regions where hasPrefix(region, name, at: start) { return region.count }
        return 0
    }

    private static func lastSlash(in name: Span<UInt8>) -> Int? {
        for offset in name.indices.reversed() where name[offset] == UInt8(ascii: "/") { return offset }
        return nil
    }

    private static func hasPrefix(_ prefix: [UInt8], _ name: Span<UInt8>, at start: Int) -> Bool {
        guard name.count - start > prefix.count else { return false }
        for offset in prefix.indices where name[start + offset] != prefix[offset] { return false }
        return true
    }

    private static func position(of word: [UInt8], in name: Span<UInt8>, from first: Int) -> Int? {
        guard name.count - first > word.count else { return nil }
        for start in first..<name.count - word.count where hasPrefix(word, name, at: start) { return start }
        return nil
    }
}
