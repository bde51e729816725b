import RosterJSON
import RosterModel

/// `GET /v1/models`: the providers that a caller may list, in the form of OpenAI's list of models.
///
/// Programs that let a user choose a model read this form: https://platform.openai.com/docs/api-reference/models/list
enum ModelList {
    /// Returns the response.
    static func response(for view: AccessView, isGzip: Bool, from snapshot: Snapshot) -> EncodedResponse {
        snapshot.response(.models(view: view.number, isGzip: isGzip), isGzip: isGzip) { json in
            json.object { json in
                json.name("object")
                json.string("list")
                json.name("data")
                json.array { json in
                    for position in ProviderList.positions(ListQuery(), for: view, in: snapshot.registry) {
                        json.element()
                        write(snapshot.registry.providers[position], in: snapshot, to: &json)
                    }
                }
            }
        }
    }

    private static func write(_ provider: Provider, in snapshot: Snapshot, to json: inout JSONWriter) {
        json.object { json in
            json.name("id")
            json.string(ExtendedRecord.name(of: provider, in: snapshot))
            json.name("object")
            json.string("model")
            json.name("created")
            json.integer(provider.createdAt.secondsSince1970)
            json.name("owned_by")
            json.string(provider.slug.rawValue)
        }
    }
}
