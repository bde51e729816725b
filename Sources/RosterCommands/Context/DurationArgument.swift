import ArgumentParser
import RosterBytes

/// A length of time on the command line: a whole number with `s`, `m`, `h` or `d`.
struct DurationArgument: Hashable, CustomStringConvertible {
    let seconds: Int64
    let description: String

    /// Creates an argument with its text.
    init(seconds: Int64, _ description: String) { (self.seconds, self.description) = (seconds, description) }

    /// Reads an argument, or throws an error that shows how to write one.
    static func parse(_ argument: String) throws -> DurationArgument {
        guard let duration = DurationArgument(argument: argument) else {
            throw ValidationError("a time is a number and s, m, h or d, such as 15s")
        }
        return duration
    }

    init?(argument: String) {
        let digits = argument.utf8.dropLast()
        guard let unit = argument.utf8.last, !digits.isEmpty, digits.count <= 9, digits.allSatisfy(\.isASCIIDigit),
            let number = Int64(argument.dropLast())
        else { return nil }
        switch unit {
        case UInt8(ascii: "s"): seconds = number
        case UInt8(ascii: "m"): seconds = number * 60
        case UInt8(ascii: "h"): seconds = number * 3600
        case UInt8(ascii: "d"): seconds = number * 86_400
        default: return nil
        }
        description = argument
    }
}
