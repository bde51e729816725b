package import RosterJSON
import RosterModel

extension CatalogueDraft {
    /// The catalogue as `models.json`: in byte order of provider and model, with a final newline.
    package var document: [UInt8] {
        var json = JSONWriter(.pretty)
        json.object { json in
            json.name("catalogue")
            json.integer(1)
            json.name("built")
            json.string(built.description)
            if !complete.isEmpty {
                json.name("complete")
                json.strings(complete.map(\.rawValue).sorted())
            }
            json.name("models")
            json.array(of: entries) { entry, json in json.entry(entry) }
        }
        json.endLine()
        return json.bytes
    }
}

extension JSONWriter {
    /// Writes what is known of a model.
    package mutating func entry(_ entry: ModelEntry) {
        object { json in
            json.name("provider")
            json.string(entry.provider.rawValue)
            json.name("model")
            json.string(entry.model)
            json.name("deprecated")
            json.string(entry.deprecated?.description)
            json.name("retires")
            json.string(entry.retires?.description)
            json.name("successors")
            json.strings(entry.successors)
            json.name("context")
            json.integer(entry.context)
            json.name("price")
            json.price(entry.price)
            json.name("kind")
            json.string(entry.kind.rawValue)
            json.name("sources")
            json.array(of: entry.sources) { source, json in json.source(source) }
        }
    }

    private mutating func price(_ price: ModelEntry.Price?) {
        guard let price else { return null() }
        object { json in
            json.name("input")
            json.string(price.input)
            json.name("output")
            json.string(price.output)
            json.name("per")
            json.string("1M")
            json.name("currency")
            json.string(price.currency)
        }
    }

    private mutating func source(_ source: ModelEntry.Source) {
        object { json in
            json.name("name")
            json.string(source.name)
            json.name("seen")
            json.string(source.seen.description)
            if let url = source.url {
                json.name("url")
                json.string(url)
            }
            if let retires = source.retires {
                json.name("retires")
                json.string(retires.description)
            }
        }
    }
}
