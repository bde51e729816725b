import ArgumentParser
import RosterEditing

/// The options of commands that edit files.
struct WritingOptions: ParsableArguments {
    @Flag(help: "Print the change as a diff, and write nothing.")
    var dryRun = false

    @OptionGroup var forcing: ForceOption

    /// A Boolean value that indicates whether to write although `check` would have a new error.
    var force: Bool { forcing.force }
}

/// The option to write what `check` would refuse.
struct ForceOption: ParsableArguments {
    @Flag(help: "Write although check would have a new error.")
    var force = false
}

extension EditSession {
    /// Shows a change as a diff and makes it.
    ///
    /// The diff is the result, or a note on standard error with `showingDiffAsNote`. Returns false when nothing was written.
    @discardableResult
    func perform(
        _ change: WantedChange,
        _ options: WritingOptions,
        done: String,
        showingDiffAsNote: Bool = false
    ) async throws -> Bool {
        let plan = try await plan(change, force: options.force)
        let diff = plan.shownPatch
        guard !diff.isEmpty else {
            try note("nothing to change")
            return false
        }
        // A change that could not be written is not shown.
        if !options.dryRun { try write(plan) }
        if options.dryRun || !showingDiffAsNote {
            try context.standardOutput.write(printableDiff(diff))
        } else {
            try context.standardError.write(printableDiff(diff))
        }
        guard !options.dryRun else { return false }
        try note(done)
        if !plan.newDiagnostics.isEmpty {
            try note("check reports now:")
            try context.standardError.write("\n" + text(of: plan.newDiagnostics))
        }
        return true
    }

    /// Returns a printable diff with the tabs and line endings of the files.
    func printableDiff(_ diff: String) -> String {
        diff.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let (text, end) = line.last == "\r" ? (line.dropLast(), "\r") : (line, "")
            return text.split(separator: "\t", omittingEmptySubsequences: false)
                .map { printable(String($0)) }.joined(separator: "\t") + end
        }.joined(separator: "\n")
    }
}
