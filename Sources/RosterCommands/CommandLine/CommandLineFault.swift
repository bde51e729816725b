/// The first thing in a command line that the program does not understand.
struct CommandLineFault {
    /// The command that is read where the fault is, such as `["provider", "create"]`.
    var path: [String]
    var message: String
    /// The words that were most likely meant, without the program's name.
    var intended: [String]?
    /// The help where no command was meant, or in front of the command that was.
    var help: String?
    /// A remark after the command that was meant.
    var remark: String?
    /// Whether it counts although the parser has printed a help text.
    var isInCommand = false
}
