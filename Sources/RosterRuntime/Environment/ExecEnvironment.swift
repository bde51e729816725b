package import SealedBoxes

/// The environment of a program that uses providers.
package struct ExecEnvironment: ~Copyable {
    /// A variable that is set.
    package struct Variable: Sendable {
        /// The name.
        package let name: String
        /// The value to show: `[redacted]` for a key.
        package let shown: String
        /// A Boolean value that indicates whether the value is a key.
        package let isKey: Bool
        /// The `<project>/<handle>` of the provider.
        package let provider: String
        /// The range of `NAME=value` in the block.
        fileprivate let entry: Range<Int>

        fileprivate var value: Range<Int> { entry.lowerBound + name.utf8.count + 1..<entry.upperBound }
    }

    /// The variables, in the order in which they are set.
    package private(set) var variables: [Variable] = []
    /// The names of ``variables``.
    private var names: Set<String> = []
    private var inherited: InheritedVariables
    /// `NAME=value` with a NUL after each, the keys among them.
    private var block: SecretBuffer

    /// Creates an environment without variables of a provider.
    init(_ inherited: InheritedVariables) throws(ProviderFailure) {
        self.inherited = inherited
        do { block = try SecretBuffer() } catch { throw .noMemory }
    }

    /// Sets a variable; `shown` is nil for a key.
    mutating func set(
        _ name: String,
        to value: UnsafeRawBufferPointer,
        shown: String?,
        of provider: String
    ) throws(ProviderFailure) {
        let start = block.count
        do {
            try block.append("\(name)=")
            try unsafe block.append(value)
            try block.append("\0")
        } catch { throw .noMemory }
        names.insert(name)
        variables.append(
            Variable(
                name: name,
                shown: shown ?? KeyEraser.mark,
                isKey: shown == nil,
                provider: provider,
                entry: start..<block.count - 1
            )
        )
    }

    /// Calls a closure with the value of a variable; the pointer must not escape.
    package borrowing func withValue<Result: ~Copyable, Failure: Error>(
        of variable: Variable,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe block.withBytes { (bytes) throws(Failure) in
            try unsafe body(UnsafeRawBufferPointer(rebasing: bytes[variable.value]))
        }
    }

    /// Calls a closure with the whole environment, with a null pointer at its end, for `execve` to copy.
    package func withPointers<Result>(
        inheriting environment: UnsafePointer<UnsafeMutablePointer<CChar>?>,
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        unsafe block.withBytes { bytes in
            var pointers: [UnsafeMutablePointer<CChar>?] = unsafe []
            var index = 0
            while let entry = unsafe environment[index] {
                let name = unsafe Self.name(of: entry)
                if inherited.contains(name[...]), !names.contains(name) { unsafe pointers.append(entry) }
                index += 1
            }
            for variable in variables {
                let offset = variable.entry.lowerBound
                let start = unsafe bytes.baseAddress.map { unsafe UnsafeMutableRawPointer(mutating: $0 + offset) }
                unsafe pointers.append(unsafe start?.assumingMemoryBound(to: CChar.self))
            }
            unsafe pointers.append(nil)
            return unsafe body(pointers)
        }
    }

    /// Returns the variables of an environment that a program does not inherit, sorted, except those that are set and
    /// those that name an identity.
    package func removed(from environment: EnvironmentVariables) -> [String] {
        let kept = names.union(InheritedVariables.identities)
        var removed: Set<String> = []
        unsafe environment.withPointers { entries in
            var index = 0
            while let entry = unsafe entries[index] {
                let name = unsafe Self.name(of: entry)
                if !inherited.contains(name[...]), !kept.contains(name) { removed.insert(name) }
                index += 1
            }
        }
        return removed.sorted()
    }
}

// MARK: - Several providers

extension ExecEnvironment {
    /// Adds the variables of another provider whose names are not set.
    mutating func append(_ other: borrowing ExecEnvironment) throws(ProviderFailure) {
        inherited.formIntersection(other.inherited)
        for variable in other.variables where !names.contains(variable.name) {
            let shown = variable.isKey ? nil : variable.shown
            try unsafe other.withValue(of: variable) { (value) throws(ProviderFailure) in
                try unsafe self.set(variable.name, to: value, shown: shown, of: variable.provider)
            }
        }
    }

    /// Returns the first variable of a provider that another environment does not set to the same value, or that only
    /// the other one sets; nil when both are equal.
    func difference(of provider: String, from other: borrowing ExecEnvironment) -> String? {
        let own = variables.filter { $0.provider == provider }
        for variable in own {
            guard let same = other.variables.first(where: { $0.name == variable.name }) else { return variable.name }
            let isEqual = unsafe withValue(of: variable) { value in
                unsafe other.withValue(of: same) { unsafe $0.elementsEqual(value) }
            }
            if !isEqual { return variable.name }
        }
        return other.variables.first { new in !own.contains { $0.name == new.name } }?.name
    }
}

extension ExecEnvironment {
    /// Returns the part of an entry that precedes the first `=`.
    ///
    /// Bytes are compared: a `=` with a combining mark after it is a different character.
    private static func name(of entry: UnsafePointer<CChar>) -> String {
        var count = 0
        while unsafe entry[count] != 0, unsafe entry[count] != CChar(UInt8(ascii: "=")) { count += 1 }
        return unsafe entry.withMemoryRebound(to: UInt8.self, capacity: count) { start in
            unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
        }
    }
}
