package import RosterModel

/// A request of HTTP/1.1.
package struct HTTPRequest: Sendable {
    /// `GET`, `HEAD`, `PUT`, `POST`, and so on.
    package var method: String
    package var origin: Origin
    /// The path and the query, such as `/v2/`.
    package var target: String
    /// The header fields in order, without those that the client adds: `Host`, `Content-Length` and `Connection`.
    package var fields: [(name: String, value: String)]
    package var body: [UInt8]

    package init(
        _ method: String,
        _ origin: Origin,
        _ target: String,
        fields: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        (self.method, self.origin, self.target) = (method, origin, target)
        (self.fields, self.body) = (fields, body)
    }
}
