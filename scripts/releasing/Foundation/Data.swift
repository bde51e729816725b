/// Bytes, with the part of Foundation's interface that swift-argument-parser uses.
public struct Data: Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// An error with a description for people.
public protocol LocalizedError: Error {
    /// The description; nil for none.
    var errorDescription: String? { get }
}

extension String {
    /// An encoding of text as bytes.
    public struct Encoding: Hashable, Sendable {
        /// UTF-8.
        public static let utf8 = Encoding()
    }

    /// Creates a text from its bytes; nil when they are not in the encoding.
    public init?(data: Data, encoding: Encoding) { self.init(validating: data.bytes, as: UTF8.self) }
}
