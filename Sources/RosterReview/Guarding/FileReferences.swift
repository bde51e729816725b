/// The paths in the text of a pipeline, an action or a script.
///
/// The text is not parsed, because it can be YAML, JSON, shell or any other language. It is split into words that can
/// be paths; the caller checks whether these files exist.
struct FileReferences {
    /// The use of a file or folder.
    enum Use: Int {
        /// A program that is executed, or a file that a program reads its commands from.
        case program
        /// The value of a key that includes a file, or a folder with an action (`uses`, `local`, `template`).
        case included
        /// A folder whose files can all be executed (`core.hooksPath`, `PATH_add`).
        case folder
    }

    /// A word that can be a path.
    struct Reference: Hashable {
        /// The path in the text, without quotes and without a leading variable.
        var path: String
        var use: Use

        /// A Boolean value that indicates whether the path is a pattern for several files.
        var isPattern: Bool { path.utf8.contains(UInt8(ascii: "*")) }
    }

    private(set) var references: Set<Reference> = []
    /// The working directories of commands (`working-directory: x`, `cd x`).
    private(set) var workingFolders: Set<String> = []
    /// The last key without a value on its line: the key of a following list.
    private var listKey = ""

    /// Keys of pipelines whose value is a file or folder of the repository that becomes part of the pipeline.
    private static let includingKeys: Set<String> = [
        "uses", "local", "include", "template", "extends", "import", "imports", "source", "load", "readTrusted",
        "configuration_path", "config-path", "dockerComposeFile", "upload", ".", "source_env", "source_env_if_exists",
        "dotenv", "dotenv_if_exists", "rc", "dockerFile", "dockerfile", "entrypoint", "gemfile", "pipeline_file",
    ]
    /// Keys and commands whose value is a folder of programs.
    private static let folderKeys: Set<String> = [
        "core.hooksPath", "core.hookspath", "PATH_add", "path_add", "source_dir", "source_dir_local",
        "plugin_directory", "task_config.includes",
    ]
    /// Keys and commands whose value is the working directory of other commands.
    private static let workingKeys: Set<String> = [
        "working-directory", "working_directory", "workingDirectory", "cd", "pushd", "-C", "--prefix", "--cwd", "--dir",
        "--directory", "dir", "cwd", "workdir", "context", "root",
    ]
    /// The files that a build tool reads its commands from, by the names of the tool.
    private static let toolFiles: [String: [String]] = {
        let tools: [(names: [String], files: [String])] = [
            (["make", "gmake"], ["Makefile", "makefile", "GNUmakefile"]),
            (
                ["npm", "npx", "pnpm", "pnpx", "yarn", "bun", "bunx"],
                ["package.json", ".npmrc", ".yarnrc", ".yarnrc.yml", ".pnpmfile.cjs", "bunfig.toml"]
            ),
            (["just"], ["justfile", ".justfile"]), (["rake"], ["Rakefile", "Rakefile.rb"]),
            (["task", "go-task"], ["Taskfile.yml", "Taskfile.yaml", "Taskfile.dist.yml", "Taskfile.dist.yaml"]),
            (["tox"], ["tox.ini"]), (["nox"], ["noxfile.py"]), (["pytest"], ["conftest.py", "pytest.ini"]),
            (["invoke", "inv"], ["tasks.py"]), (["mage"], ["magefile.go"]), (["earthly"], ["Earthfile"]),
            (["gradle", "gradlew"], ["build.gradle", "settings.gradle"]), (["dagger"], ["dagger.json"]),
            (["bazel", "bazelisk"], ["MODULE.bazel", "WORKSPACE", "BUILD", "BUILD.bazel", ".bazelrc"]),
            (["ansible-playbook"], ["ansible.cfg"]), (["vagrant"], ["Vagrantfile"]),
            (
                ["compose", "docker-compose"],
                ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]
            ),
            (["build", "buildx"], ["Dockerfile"]),
        ]
        return Dictionary(tools.flatMap { tool in tool.names.map { ($0, tool.files) } }) { $0 + $1 }
    }()
    /// Commands that execute programs and scripts.
    private static let programSuffixes: Set<String> = [
        "sh", "bash", "zsh", "fish", "py", "js", "mjs", "cjs", "ts", "rb", "pl", "php", "lua", "ps1", "psm1", "bat",
        "cmd", "groovy", "kts", "gradle", "mk", "jsonnet", "star", "nix", "awk", "exs", "swift", "go", "jenkinsfile",
    ]
    private static let programNames: Set<String> = [
        "Dockerfile", "Makefile", "makefile", "GNUmakefile", "justfile", "Justfile", "Rakefile", "Taskfile.yml",
    ]

    /// Finds the words of a text.
    init(_ bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) { add(line) }
    }

    private mutating func add(_ line: ArraySlice<UInt8>) {
        var key: String?
        var hasValue = false
        var position = line.startIndex
        defer { if let key, !hasValue { listKey = key } }
        while position < line.endIndex {
            let byte = line[position]
            // A comment; a number sign within a word does not begin one.
            if byte == UInt8(ascii: "#"), position == line.startIndex || Self.isSpace(line[position - 1]) { return }
            if byte == UInt8(ascii: "$") {
                hasValue = true
                position += 1
                if position < line.endIndex, line[position] == UInt8(ascii: "{") { position += 1 }
                while position < line.endIndex, Self.isIdentifier(line[position]) { position += 1 }
                continue
            }
            guard Self.isPathByte(byte) else {
                position += 1
                continue
            }
            let end = line[position...].firstIndex { !Self.isPathByte($0) } ?? line.endIndex
            let word = String(decoding: line[position..<end], as: UTF8.self)
            position = end
            // The dash of a list's item.
            if word == "-" { continue }
            let after = line[end...].first { !Self.isQuote($0) }
            if after == UInt8(ascii: ":") {
                (key, hasValue) = (word, false)
                continue
            }
            hasValue = true
            add(word, of: key ?? listKey)
            if Self.workingKeys.contains(key ?? listKey) { key = "" }
            if Self.isKey(word) { key = word }
        }
    }

    /// Returns whether the word after this word is a path without a sign between them.
    private static func isKey(_ word: String) -> Bool {
        includingKeys.contains(word) || folderKeys.contains(word) || workingKeys.contains(word)
    }

    private mutating func add(_ word: String, of key: String) {
        for file in Self.toolFiles[word] ?? [] { references.insert(Reference(path: file, use: .program)) }
        if Self.workingKeys.contains(key) { workingFolders.insert(word) }
        // A template of the same repository can be written `file.yml@self`.
        let path = word.split(separator: "@", maxSplits: 1).first.map(String.init) ?? ""
        let word = word.hasPrefix("@") ? word : path
        if Self.folderKeys.contains(key) {
            references.insert(Reference(path: word, use: .folder))
        } else if Self.includingKeys.contains(key) {
            references.insert(Reference(path: word, use: .included))
        } else if Self.isProgram(word) {
            references.insert(Reference(path: word, use: .program))
        }
    }

    /// Returns whether a word looks like a program: with the suffix of a script, or a path without a suffix.
    private static func isProgram(_ word: String) -> Bool {
        let name = word.split(separator: "/").last.map(String.init) ?? ""
        if programNames.contains(name) || name.hasPrefix("Dockerfile") { return true }
        if let dot = name.lastIndex(of: "."), dot != name.startIndex {
            return programSuffixes.contains(String(name[name.index(after: dot)...]))
        }
        return word.contains("/")
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF:
            true
        default: ".-_/+@~*%".utf8.contains(byte)
        }
    }

    private static func isIdentifier(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
}
