/// The first fault in a command line.
struct CommandLineFault {
    /// The command that is read where the fault is, such as `["provider", "create"]`.
    var path: [String]
    var message: String
    /// The words that the user probably intended, without the program's name.
    var intended: [String]?
    /// The help text without an intended command, or the text preceding the intended command.
    var help: String?
    /// A remark that follows the intended command.
    var remark: String?
    /// A Boolean value that indicates whether the fault is reported although the parser printed a help text.
    var isInCommand = false
}
