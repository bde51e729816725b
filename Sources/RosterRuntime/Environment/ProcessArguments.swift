import CArguments
import Glibc

/// The arguments that the process was started with.
package enum ProcessArguments {
    /// The arguments without the name of the program; what is not UTF-8 is replaced.
    package static var words: [String] {
        (1..<max(1, count)).map { position in unsafe pointers[position].map { unsafe String(cString: $0) } ?? "" }
    }

    /// The position of the first argument before `--` that is not valid UTF-8; nil when all of them are valid.
    package static var firstInvalidPosition: Int? {
        for position in 1..<max(1, count) {
            guard let argument = unsafe pointers[position] else { continue }
            // The arguments after that are another program's.
            if unsafe strcmp(argument, "--") == 0 { return nil }
            let bytes = unsafe UnsafeBufferPointer(start: argument, count: strlen(argument))
            let text = unsafe String(validating: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            guard text != nil else { return position }
        }
        return nil
    }

    /// The number of arguments, including the name of the program.
    static var count: Int { Int(roster_argument_count()) }

    /// The arguments as the system has them, after which there is a null pointer.
    static var pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> { unsafe roster_arguments() }
}
