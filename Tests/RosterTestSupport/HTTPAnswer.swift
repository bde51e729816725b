import Foundation

/// A response of a server, as its bytes were sent.
package struct HTTPAnswer: Sendable {
    package var status: Int
    package var reason: String
    package var fields: [(name: String, value: String)]
    package var body: [UInt8]

    /// Returns the values of a field, joined by commas; nil without the field.
    package subscript(name: String) -> String? {
        let values = fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    package var text: String { String(decoding: body, as: UTF8.self) }
    package var json: Any? { try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed) }
    /// The members of the body; none when it is not a JSON object.
    package var object: [String: Any] { json as? [String: Any] ?? [:] }
    /// The records of the body; none when it is not a JSON array.
    package var list: [[String: Any]] { json as? [[String: Any]] ?? [] }
    /// The ids of the records of the body.
    package var ids: [String] { list.compactMap { $0["id"] as? String } }

    /// The status, the names of the fields in order, and the body, by which a client can distinguish two responses.
    package var shape: [String] { [String(status)] + fields.map(\.name) + [text] }
}

/// A parser of the responses that a connection sends.
package struct HTTPAnswerParser: Sendable {
    /// Bytes that are not a response of HTTP/1.1.
    package struct Failure: Error, CustomStringConvertible {
        package var description: String

        package init(description: String) { self.description = description }
    }

    /// The bytes that were received and are not part of a returned response.
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Takes the next bytes of the connection.
    package mutating func append(_ piece: some Sequence<UInt8>) { bytes += piece }

    /// Returns the bytes that were received, and forgets them.
    package mutating func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Returns the next response; nil while some of its bytes are missing.
    ///
    /// A response to `HEAD` (`isToHead`) has no body.
    package mutating func next(isToHead: Bool = false) throws(Failure) -> HTTPAnswer? {
        guard let headEnd = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        var answer = try Self.head(bytes[..<headEnd.lowerBound])
        var length = 0
        if !isToHead && answer.status != 304 && answer.status >= 200 {
            guard let given = answer["Content-Length"].flatMap({ Int($0) }) else {
                throw Failure(description: "a response without Content-Length: \(answer)")
            }
            length = given
        }
        guard bytes.count - headEnd.upperBound >= length else { return nil }
        answer.body = Array(bytes[headEnd.upperBound...].prefix(length))
        bytes.removeSubrange(..<(headEnd.upperBound + length))
        return answer
    }

    private static func head(_ bytes: ArraySlice<UInt8>) throws(Failure) -> HTTPAnswer {
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        let first = lines[0].split(separator: " ", maxSplits: 2).map(String.init)
        guard first.count == 3, first[0] == "HTTP/1.1", let status = Int(first[1]) else {
            throw Failure(description: "not a status line: \(lines[0])")
        }
        var fields: [(name: String, value: String)] = []
        for line in lines.dropFirst() {
            guard let colon = line.range(of: ": ") else { throw Failure(description: "not a field: \(line)") }
            fields.append((String(line[..<colon.lowerBound]), String(line[colon.upperBound...])))
        }
        return HTTPAnswer(status: status, reason: first[2], fields: fields, body: [])
    }
}
