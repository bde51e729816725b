/// A receiver of a registry's document.
public protocol RegistrySink {
    /// Receives bytes of the document, which follow those of the last call.
    ///
    /// - Throws: An error that ends the compilation.
    mutating func receive(_ bytes: [UInt8]) throws
}

/// A sink that collects the document in memory.
public struct MemorySink: RegistrySink {
    /// The bytes so far.
    public private(set) var bytes: [UInt8] = []

    /// Creates an empty sink.
    public init() {}

    /// See ``RegistrySink/receive(_:)``.
    public mutating func receive(_ bytes: [UInt8]) { self.bytes += bytes }
}
