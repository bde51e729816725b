/// The note of commands that open no secret when an identity is given to them.
enum IdentityNotice {
    private static let variables = ["ROSTER_IDENTITY_FILE", "ROSTER_IDENTITY"]

    /// Writes the note to standard error.
    static func write(_ context: CommandContext, isQuiet: Bool) throws {
        guard !isQuiet, let name = variables.first(where: { !(context.environment($0) ?? "").isEmpty }) else { return }
        try context.standardError.write("note: \(name) is set and ignored: this command opens no secret\n")
    }
}
