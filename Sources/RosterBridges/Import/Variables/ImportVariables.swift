package import SealedBoxes
import Glibc

/// The variables whose values an import may use.
package struct ImportVariables: ~Copyable {
    private let file: DotenvFile?
    private let process: EnvironmentVariables?
    /// The name of the file, for messages; nil when no values were given.
    package let source: String?

    /// No variables: keys are sealed later.
    package static var none: ImportVariables { ImportVariables(file: nil, process: nil, source: nil) }

    private init(file: consuming DotenvFile?, process: EnvironmentVariables?, source: String?) {
        self.file = file
        self.process = process
        self.source = source
    }

    /// The variables of a file.
    package init(file: consuming DotenvFile, named name: String) {
        self.init(file: file, process: nil, source: name)
    }

    /// The variables of a process.
    package init(process: EnvironmentVariables) {
        self.init(file: nil, process: process, source: "the environment")
    }

    /// The entries of the file, in its order.
    package var entries: [DotenvFile.Entry] {
        switch file {
        case .some(let file): file.entries
        case .none: []
        }
    }

    /// Returns a Boolean value that indicates whether a variable has a value other than empty text.
    package func has(_ name: String) -> Bool {
        unsafe withValue(of: name) { unsafe $0?.isEmpty == false }
    }

    /// Returns the value of a variable that is not a key; nil without one.
    package func text(_ name: String) -> String? {
        let text = unsafe withValue(of: name) { bytes in
            unsafe bytes.map { unsafe String(decoding: $0, as: UTF8.self) }
        }
        return text?.isEmpty == false ? text : nil
    }

    /// Calls a closure with the value of a variable; with nil when it has none.
    ///
    /// The bytes must not leave the closure.
    package func withValue<Result: ~Copyable, Failure: Error>(
        of name: String,
        _ body: (UnsafeRawBufferPointer?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if let process {
            return try unsafe process.withValue(of: name) { (value) throws(Failure) in
                try unsafe body(value.map { unsafe UnsafeRawBufferPointer(start: $0, count: strlen($0)) })
            }
        }
        switch file {
        case .some(let file): return try unsafe file.withValue(of: name, body)
        case .none: return try body(nil)
        }
    }
}
