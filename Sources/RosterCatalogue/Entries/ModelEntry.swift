package import RosterModel

/// The facts about one model of a provider from public sources, with the day on which each was read.
package struct ModelEntry: Sendable, Hashable {
    /// The kinds of models.
    package enum Kind: String, CaseIterable, Sendable {
        case chat, embedding, image, audio, rerank, other
    }

    /// The price of a million tokens, in decimal notation.
    package struct Price: Sendable, Hashable {
        package var input: String
        package var output: String
        /// The currency, as three letters.
        package var currency = "USD"

        package init(input: String, output: String, currency: String = "USD") {
            (self.input, self.output, self.currency) = (input, output, currency)
        }
    }

    /// A source of the entry.
    package struct Source: Sendable, Hashable {
        package var name: String
        /// The day on which the source was read.
        package var seen: CalendarDate
        /// The page on which the provider announces the retirement.
        package var url: String?
        /// The retirement according to this source, where sources disagree.
        package var retires: CalendarDate?

        package init(name: String, seen: CalendarDate, url: String? = nil, retires: CalendarDate? = nil) {
            (self.name, self.seen, self.url, self.retires) = (name, seen, url, retires)
        }
    }

    package var provider: ProviderSlug
    package var model: String
    /// The day on which the provider announced the retirement.
    package var deprecated: CalendarDate?
    /// The first day on which requests fail; the earliest, where sources disagree.
    package var retires: CalendarDate?
    /// The models that the provider recommends instead.
    package var successors: [String] = []
    /// The number of tokens in a request.
    package var context: Int?
    package var price: Price?
    package var kind = Kind.chat
    package var sources: [Source] = []

    package init(provider: ProviderSlug, model: String) {
        (self.provider, self.model) = (provider, model)
    }
}

extension ModelEntry.Price {
    /// The price in one line, such as `0.59 in, 0.79 out USD per 1M`.
    package var words: String { "\(input) in, \(output) out \(currency) per 1M" }
}

extension ModelEntry {
    /// The sources in one line, such as `litellm (https://…, seen 2026-11-29)`.
    package var sourceWords: String {
        sources.map { source in
            let facts = [
                source.url, source.retires.map { "retires \($0)" }, "seen \(source.seen)",
            ].compactMap(\.self)
            return "\(source.name) (\(facts.joined(separator: ", ")))"
        }.joined(separator: "; ")
    }
}
