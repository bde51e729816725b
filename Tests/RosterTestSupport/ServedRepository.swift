import Foundation

/// A repository to serve: the example of this project, with tokens of every kind.
package struct ServedRepository: Sendable {
    package let folder: ScratchFolder
    private var tools: Tools { Tools(folder: folder.path) }

    package static let gpt = "aip_FS4ib95AxcWpHLzy"
    package static let claude = "aip_j8euLl684qgPn5FT"
    package static let gateway = "aip_ueEriu1kHDGngZ9a"
    package static let grok = "aip_1PWb0E2YGlmGiLgK"
    package static let acme = "proj_GqqdIMpydOCXW6Km"
    package static let labs = "proj_hLF0TG2Fv5uUbiqq"
    package static let openAISecret = "sec_nxs4i9q9IqVxDZmO"

    /// A token, by its name.
    package enum Token: String, CaseIterable, Sendable {
        /// May do everything.
        case all
        /// May list and get the providers of acme.
        case reader
        /// May do everything, but is locked to labs.
        case locked
        /// May do everything but see acme/gpt-4o.
        case denied
        /// May list everything and get nothing.
        case lister
        /// May do everything with acme's providers but change or delete claude, and nothing elsewhere.
        case writer
        /// May do everything, but has expired.
        case expired

        package var text: String { "sk_" + rawValue.padding(toLength: 43, withPad: "-0_Zz9", startingAt: 0) }

        /// The BLAKE2b-256 digest of ``text``, in hexadecimal digits.
        package var hash: String {
            switch self {
            case .all: "8be56430bcf1c8c9bb5eeec6c2ead31795a76efeeb05bb267f7d97f07d743786"
            case .reader: "0ef10fea93700d09a8020a88c564e85dbf3e4e01ce635fe085d601e6e71c4497"
            case .locked: "f085ca0dcdf7548b229a1716aae22dd63229495a4d45f5cef12d845f27a14ef2"
            case .denied: "3bd62171440535339df2e5cc29eb43861ffc035f2966b73aa89d49b2d57eb4c8"
            case .lister: "b06d48aa069ff5060c89f5cb15122f72e98eac8266dd27ccfe0fd3c4b72cb9eb"
            case .writer: "11d0e5972f521f4160fb0d2453ddc43f23db25eec5d490daf508ecd87c80fa59"
            case .expired: "ad32a971bb04fb5046584bf6280eb6b47889051b7653cf598bebe52af7c67a24"
            }
        }

        fileprivate var entry: String {
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

    package static let access = """
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
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Returns the text of `roster.yaml`, with ``access`` or open.
    private static func roster(isOpen: Bool) throws -> String {
        let roster = try String(contentsOf: example.appending(path: "roster.yaml"), encoding: .utf8)
        let start = roster.range(of: "access:\n")?.lowerBound ?? roster.endIndex
        return roster[..<start] + (isOpen ? "" : access)
    }

    /// Returns the files of the repository, which are not written anywhere.
    package static func files(isOpen: Bool) throws -> [(path: String, bytes: [UInt8])] {
        var files = [("roster.yaml", Array(try roster(isOpen: isOpen).utf8))]
        for name in ["providers", "secrets"] {
            let folder = example.appending(path: name)
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
            where path.hasSuffix(".yaml") {
                files.append((name + "/" + path, Array(try Data(contentsOf: folder.appending(path: path)))))
            }
        }
        return files
    }

    /// Writes the files to a new folder, with ``access`` or open.
    package init(isOpen: Bool = false) throws {
        folder = try ScratchFolder()
        for name in ["providers", "secrets"] {
            try FileManager.default.copyItem(
                atPath: Self.example.appending(path: name).path,
                toPath: folder.path + "/" + name
            )
        }
        try folder.write("roster.yaml", try Self.roster(isOpen: isOpen))
    }

    /// Commits all files, and makes the folder a git repository first.
    package func commit(_ message: String = "All") throws {
        if !folder.exists(".git") { try tools.tool(["git", "init", "--quiet", "--initial-branch=main"]) }
        try tools.tool(["git", "add", "--all"])
        try tools.tool(["git", "commit", "--quiet", "--allow-empty", "--message", message])
    }

    /// Returns the commit of a revision.
    package func head(_ revision: String = "HEAD") throws -> String {
        try tools.tool(["git", "rev-parse", revision]).output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Returns every file of the folder except git's, with its bytes, permissions and modification time.
    package func everything() throws -> [String: String] {
        try tools.tool(["find", ".", "-path", "./.git", "-prune", "-o", "-printf", "%p %T@ %m %i\\n"]).output
            .split(separator: "\n").reduce(into: [:]) { files, line in
                let path = String(line.prefix { $0 != " " })
                files[path] = line + "\n" + ((try? folder.read(path)) ?? "")
            }
    }
}
