import Glibc

/// The environment variables of a process, whose values may be secret.
package struct EnvironmentVariables: Sendable {
    /// The entries `NAME=value`, each with a NUL at its end; nil for the variables of the process itself.
    private let entries: [[CChar]]?

    private init(entries: [[CChar]]?) { self.entries = entries }

    /// The variables of the process itself.
    package static let process = EnvironmentVariables(entries: nil)

    /// Creates an environment of values by their names.
    package init(_ values: [String: String]) {
        let sorted = values.sorted { $0.key < $1.key }
        entries = sorted.map { name, value in "\(name)=\(value)".utf8.map { CChar(bitPattern: $0) } + [0] }
    }

    /// Returns the value of a variable; nil when it is not set.
    package func value(of name: String) -> String? {
        unsafe withValue(of: name) { value in unsafe value.map { unsafe String(cString: $0) } }
    }

    /// Calls a closure with the value of a variable, which ends with a NUL; with nil when it is not set.
    ///
    /// The pointer must not leave the closure.
    package func withValue<Result: ~Copyable, Failure: Error>(
        of name: String,
        _ body: (UnsafePointer<CChar>?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let entries else { return try unsafe body(UnsafePointer(getenv(name))) }
        let prefix = name.utf8.map { CChar(bitPattern: $0) } + [CChar(UInt8(ascii: "="))]
        guard let entry = entries.first(where: { $0.starts(with: prefix) }) else { return try body(nil) }
        return try unsafe entry.span.withUnsafeBufferPointer { (entry) throws(Failure) in
            try unsafe body(entry.baseAddress.map { unsafe $0 + prefix.count })
        }
    }

    /// Calls a closure with the pointers to all entries, followed by a null pointer, as `execve` takes them.
    ///
    /// The pointers must not leave the closure.
    package func withPointers<Result>(
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        guard let entries else { return unsafe body(UnsafePointer(environ)) }
        var block = entries.flatMap(\.self)
        return unsafe block.withUnsafeMutableBufferPointer { block in
            var pointers: [UnsafeMutablePointer<CChar>?] = unsafe []
            var offset = 0
            for entry in entries {
                unsafe pointers.append(block.baseAddress.map { unsafe $0 + offset })
                offset += entry.count
            }
            unsafe pointers.append(nil)
            return unsafe body(pointers)
        }
    }
}
