import ArgumentParser
import RosterBytes

/// A number of bytes on the command line: a whole number, alone or with `KiB` or `MiB`.
struct ByteCountArgument: Hashable, CustomStringConvertible {
    let bytes: Int
    let description: String

    /// Creates an argument with its text.
    init(bytes: Int, _ description: String) { (self.bytes, self.description) = (bytes, description) }

    /// Reads an argument, or throws an error that shows how to write one.
    static func parse(_ argument: String) throws -> ByteCountArgument {
        guard let count = ByteCountArgument(argument: argument) else {
            throw ValidationError("a size is a number of bytes, or one and KiB or MiB, such as 16MiB")
        }
        return count
    }

    init?(argument: String) {
        let digits = argument.utf8.prefix(while: \.isASCIIDigit)
        guard !digits.isEmpty, digits.count <= 12, let number = Int(Substring(digits)) else { return nil }
        switch argument.utf8.dropFirst(digits.count) {
        case let unit where unit.isEmpty: bytes = number
        case let unit where unit.elementsEqual("KiB".utf8): bytes = number << 10
        case let unit where unit.elementsEqual("MiB".utf8): bytes = number << 20
        default: return nil
        }
        description = argument
    }
}
