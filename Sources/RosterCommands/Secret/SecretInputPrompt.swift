import SealedBoxes
import RosterEditing

/// Reads a value from the terminal without showing it, or from standard input.
struct SecretInputPrompt {
    let context: CommandContext
    /// The command that a value is piped into, as messages show it.
    let command: String

    /// Returns the value, which is in secret memory from its first byte on.
    func read(for name: String) throws -> SecretValue {
        let input: SecretBytes
        do {
            input =
                context.standardInput.isTerminal
                ? try typed(name) : try context.standardInput.readSecret(limit: SecretValue.inputLimit)
        } catch let failure as SecretInput.Failure {
            switch failure {
            case .tooLong: throw CommandFailure.usage("the value is longer than 16,384 bytes")
            case .unreadable(let code): throw CommandFailure.cannotRead("the value", errno: code)
            case .noMemory: throw SealingFailure(.noMemory, name)
            }
        }
        do {
            return try SecretValue(input: input)
        } catch {
            switch error {
            case .empty:
                throw CommandFailure.usage(
                    "there is no value",
                    help: "type it, or pipe it in: \(command) < FILE"
                )
            case .tooLong(let count): throw CommandFailure.usage("the value has \(count) bytes; it may have 16,384")
            case .surroundingWhiteSpace:
                throw CommandFailure.usage("the value begins or ends with white space", help: "give the key alone")
            case .noMemory: throw SealingFailure(.noMemory, name)
            }
        }
    }

    private func typed(_ name: String) throws -> SecretBytes {
        defer { try? context.standardError.write("\n") }
        do {
            let line = try context.standardInput.readHiddenLine(limit: SecretValue.inputLimit) {
                // A closed standard error does not keep the value from being typed.
                try? context.standardError.write("value of \(name) (is not shown): ")
            }
            guard line.count < HiddenTerminalInput.uncertainLength else {
                throw CommandFailure.usage(
                    "nothing was sealed: the terminal cuts a line after 4,095 bytes",
                    help: "pipe the value in: \(command) < FILE"
                )
            }
            return line
        } catch let failure as HiddenTerminalInput.Failure {
            throw CommandFailure.cannotRead("the terminal", errno: failure.code)
        }
    }
}
