/// The head of a response, and its body, which is read in parts.
package struct HTTPResponse: Sendable {
    package var status: Int
    /// The header fields in order.
    package var fields: [(name: String, value: String)]
    package var body: any HTTPBody

    package init(status: Int, fields: [(name: String, value: String)], body: any HTTPBody) {
        (self.status, self.fields, self.body) = (status, fields, body)
    }

    /// Returns the value of the first field of a name in lower case.
    package func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
}

/// The body of a response; one task reads it.
package protocol HTTPBody: Sendable {
    /// Returns the next bytes; nil after the last, whose end the framing of the message confirmed.
    func next() async throws(HTTPFailure) -> [UInt8]?

    /// Ends the reading early, which closes the connection unless the body is complete.
    func cancel()
}

extension HTTPBody {
    /// Reads the whole body.
    ///
    /// - Throws: ``HTTPFailure/tooLarge`` for more bytes than the limit, and any failure of the connection.
    package func whole(limit: Int) async throws(HTTPFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        while let part = try await next() {
            guard bytes.count + part.count <= limit else {
                cancel()
                throw .tooLarge
            }
            bytes += part
        }
        return bytes
    }
}
