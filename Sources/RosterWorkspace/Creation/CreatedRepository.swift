import RosterGit
import SealedBoxes

/// The result of creating a repository, and its description for the user.
package struct CreatedRepository: Sendable {
    /// A file, and whether it was written.
    package struct File: Sendable {
        /// The state of a file after the creation.
        package enum State: Hashable, Sendable {
            /// The file is new.
            case written
            /// The file existed with the same bytes.
            case unchanged
            /// Another file has this name or role, and stays.
            case kept(path: String)
        }

        package var file: NewFile
        package var state: State

        init(_ file: NewFile, _ state: State) { (self.file, self.state) = (file, state) }
    }

    let options: HostOptions
    /// The handle of the first project.
    let project: String
    /// The branch whose pushes are checked.
    var branch = "main"
    /// A Boolean value that indicates whether a workflow of this name existed.
    var hasWorkflow = false
    /// A Boolean value that indicates whether a CODEOWNERS file existed.
    var hasOwners = false
    /// The files in the order in which they are written.
    package internal(set) var files: [File] = []
    /// The path of the new identity; nil when the registry existed.
    package internal(set) var identity: String?
    /// The new sealing key; nil when the registry existed.
    var key: SealingPublicKey?
    var isKeyTrusted = true
    var hasDiffDriver = false

    init(options: HostOptions, project: String) { (self.options, self.project) = (options, project) }

    /// The lines about files that exist and differ, and about files that need a choice of the user.
    package var notes: String {
        var notes = ""
        for file in files {
            guard case .kept(let path) = file.state else { continue }
            notes += "kept \(path), which is there already and differs from what init writes"
            notes += file.file.isRequested ? "; add what it lacks of this:\n" : "\n"
            guard file.file.isRequested else { continue }
            notes += file.file.text.split(separator: "\n").map { "    \($0)\n" }.joined()
        }
        if options.action == nil, !hasWorkflow {
            notes += "no workflow was written, since this development build knows no commit of Roster's repository\n"
            notes += "  help: \(HostOptions.help)\n"
        }
        return notes
    }

    /// The description of what was written, and of what is left to do.
    package var text: String {
        var text = ""
        for file in files {
            switch file.state {
            case .written: text += "wrote \(file.file.path): \(file.file.purpose)\n"
            case .unchanged: text += "unchanged \(file.file.path)\n"
            case .kept: break
            }
        }
        if let identity {
            text += """

                The identity that opens what is sealed here is \(identity).
                Keep a copy in a safe place: without it no sealed value can be read again.

                """
        }
        let steps = steps
        let width = (steps.map(\.name.count).max() ?? 0) + 2
        let list = steps.enumerated().map { index, step in
            let lines = step.text.split(separator: "\n")
            let gap = String(repeating: " ", count: width - step.name.count)
            let indent = "\n" + String(repeating: " ", count: 6 + width)
            return (index == 0 ? "next: " : "      ") + step.name + gap + lines.joined(separator: indent) + "\n"
        }
        return text + "\n" + list.joined()
    }
}
