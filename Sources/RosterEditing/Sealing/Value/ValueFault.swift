/// The reason for which a value is not the key itself.
enum ValueFault: Hashable, CaseIterable {
    case byteOrderMark
    case invisibleCharacter
    case quotes
    case assignment
    case header
    case scheme
    case reference
    case structured
    case address
    case severalLines
    case unsendable

    /// The end of a sentence about the value.
    var words: String {
        switch self {
        case .byteOrderMark: "begins with a byte-order mark"
        case .invisibleCharacter: "begins or ends with an invisible character"
        case .quotes: "is in quotes, or has one at an end"
        case .assignment: "begins with a name, as in NAME=value"
        case .header: "is a whole header"
        case .scheme: "begins with an authentication scheme, as in Bearer"
        case .reference: "only refers to a key: a variable, a file, an entry of a vault or a placeholder"
        case .structured: "is a JSON object or list, and its provider takes a key alone"
        case .address: "is a URL"
        case .severalLines: "has more than one line, which no header can carry"
        case .unsendable: "holds a blank, a control character or a character outside ASCII, which no header can carry"
        }
    }

    /// Advice on the value to pipe into a command instead.
    func help(_ command: String) -> String {
        let pipe = "| \(command)"
        return switch self {
        case .byteOrderMark, .invisibleCharacter: "pipe the key alone, from a file without such marks"
        case .quotes: "pipe the key without quotes: printf %s 'KEY' \(pipe)"
        case .assignment: "pipe what follows the name, and nothing else: printf %s 'KEY' \(pipe)"
        case .header, .scheme: "pipe the key alone; Roster adds the header itself: printf %s 'KEY' \(pipe)"
        case .reference: "pipe the key that it leads to: printf %s \"$NAME\" \(pipe)"
        case .structured, .address, .unsendable: "pipe the key alone: printf %s 'KEY' \(pipe)"
        case .severalLines: "pipe the line of the key alone: printf %s 'KEY' \(pipe)"
        }
    }
}
