import RosterJSON
import RosterRuntime

extension JSONWriter {
    /// Writes a request to a provider as it would be sent, without secrets; its body as JSON where it is JSON.
    mutating func request(_ request: ProviderRequest, to provider: String) {
        object { json in
            json.name("handle")
            json.string(provider)
            json.name("method")
            json.string(request.method)
            json.name("url")
            json.string(request.url)
            json.name("headers")
            json.array(of: request.headers) { field, json in
                json.object { json in
                    json.name("name")
                    json.string(field.name)
                    json.name("value")
                    json.string(field.shown)
                }
            }
            json.name("body")
            guard !request.body.isEmpty else { return json.null() }
            if let body = try? JSONReader.read(utf8: request.body) {
                json.value(body)
            } else {
                json.string(String(decoding: request.body, as: UTF8.self))
            }
        }
    }
}
