import Foundation
import RosterBytes
import SealedBoxes

/// A repository to serve: the example with tokens of every kind.
struct ServedRepository {
    let folder: ScratchFolder
    var program: BuiltProgram { BuiltProgram(folder: folder.path) }

    static let gpt = "aip_FS4ib95AxcWpHLzy"
    static let claude = "aip_j8euLl684qgPn5FT"
    static let gateway = "aip_ueEriu1kHDGngZ9a"
    static let grok = "aip_1PWb0E2YGlmGiLgK"
    static let acme = "proj_GqqdIMpydOCXW6Km"
    static let labs = "proj_hLF0TG2Fv5uUbiqq"
    static let openAISecret = "sec_nxs4i9q9IqVxDZmO"

    /// What tokens there are, by name.
    enum Token: String, CaseIterable {
        /// May do everything.
        case all
        /// May list and get what is in acme.
        case reader
        /// May do everything, but is locked to labs.
        case locked
        /// May do everything but see acme/gpt-4o.
        case denied
        /// May list everything and get nothing.
        case lister
        /// May do everything with acme's providers but change or delete claude, and nothing elsewhere.
        case writer
        /// Would be allowed everything, but for its date.
        case expired

        var text: String { "sk_" + rawValue.padding(toLength: 43, withPad: "-0_Zz9", startingAt: 0) }

        fileprivate var entry: String {
            let hash = Digest.blake2b256(of: Array(text.utf8).span).hex
            let id = "key_" + rawValue.padding(toLength: 16, withPad: "0", startingAt: 0)
            let policies =
                switch self {
                case .locked, .expired: "all"
                case .denied: "all, denied"
                default: rawValue
                }
            var entry = "    - {id: \(id), name: \(rawValue), hash: \"\(hash)\", policies: [\(policies)]"
            if self == .locked { entry += ", project: labs" }
            if self == .expired { entry += ", expires: 2020-01-31" }
            return entry + "}\n"
        }
    }

    private static let list = "aiProviders:ListAiProviders"
    private static let get = "aiProviders:GetAiProvider"

    static let access = """
        access:
          policies:
            all: [{effect: Allow, action: ["*"], resource: ["*"]}]
            reader: [{effect: Allow, action: [\(list), \(get)], resource: ["acme/*"]}]
            denied: [{effect: Deny, action: [\(list), \(get)], resource: [acme/gpt-4o]}]
            lister: [{effect: Allow, action: [\(list)], resource: ["*"]}]
            writer:
              - {effect: Allow, action: ["aiProviders:*"], resource: ["acme/*"]}
              - effect: Deny
                action: [aiProviders:UpdateAiProvider, aiProviders:DeleteAiProvider]
                resource: [acme/claude]
          tokens:

        """ + Token.allCases.map(\.entry).joined()

    private static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Copies the example, with `access` or open.
    init(isOpen: Bool = false) throws {
        folder = try ScratchFolder()
        for name in ["providers", "secrets"] {
            try FileManager.default.copyItem(
                atPath: Self.example.appending(path: name).path,
                toPath: folder.path + "/" + name
            )
        }
        let roster = try String(contentsOf: Self.example.appending(path: "roster.yaml"), encoding: .utf8)
        let start = roster.range(of: "access:\n")?.lowerBound ?? roster.endIndex
        try folder.write("roster.yaml", roster[..<start] + (isOpen ? "" : Self.access))
    }

    /// Makes it a repository of git, all of it committed.
    func commit(_ message: String = "All") throws {
        if !folder.exists(".git") { try program.tool("git", "init", "--quiet", "--initial-branch=main") }
        try program.tool("git", "add", "--all")
        try program.tool("git", "commit", "--quiet", "--allow-empty", "--message", message)
    }

    /// The commit that a revision stands at.
    func head(_ revision: String = "HEAD") throws -> String {
        try program.tool("git", "rev-parse", revision).output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Every file below the folder but git's own, with its bytes and when it was changed.
    func everything() throws -> [String: String] {
        try program.tool("find", ".", "-path", "./.git", "-prune", "-o", "-printf", "%p %T@ %m %i\\n").output
            .split(separator: "\n").reduce(into: [:]) { files, line in
                let path = String(line.prefix { $0 != " " })
                files[path] = line + "\n" + ((try? folder.read(path)) ?? "")
            }
    }
}
