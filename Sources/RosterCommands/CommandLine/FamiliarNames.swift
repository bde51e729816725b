/// The names of Roster's commands and options in other programs.
enum FamiliarNames {
    /// A command or an option, and the words in other programs for it.
    typealias Entry = (names: [String], meaning: [String])

    /// The commands of the program.
    static let commands: [Entry] = [
        (["validate", "lint", "verify", "test", "vet", "doctor", "audit"], ["check"]),
        (["fix", "fmt", "format", "repair"], ["check", "--fix"]),
        (["build", "render", "bundle", "pack", "dist"], ["compile"]),
        (["plan", "review", "changes", "compare", "status", "preview"], ["diff"]),
        (["start", "server", "listen", "up", "daemon"], ["serve"]),
        (["mcp-server", "mcp-serve", "stdio"], ["mcp"]),
        (["run", "with"], ["exec"]),
        (["call", "chat", "probe", "health", "healthcheck", "curl", "test"], ["ping"]),
        (["history"], ["log"]),
        (["annotate", "praise"], ["blame"]),
        (["rule", "rules", "why", "docs"], ["explain"]),
        (["swagger", "api"], ["openapi"]),
        (["jsonschema", "json-schema"], ["schema"]),
        (["setup", "bootstrap", "new"], ["init"]),
        (["add"], ["provider", "create"]),
        (["migrate", "convert", "litellm"], ["import"]),
        (["seal", "encrypt", "rotate"], ["secret", "set"]),
        (["rekey", "reencrypt", "re-encrypt"], ["secret", "reseal"]),
        (["completion", "completions"], ["--generate-completion-script"]),
    ]

    /// The subcommands; of the meanings, the first that a group has counts.
    static let verbs: [Entry] = [
        (["ls", "list", "all", "index"], ["list"]),
        (["get", "show", "describe", "view", "cat", "inspect", "info", "read"], ["show", "list"]),
        (["rm", "delete", "remove", "del", "destroy", "erase", "drop"], ["delete", "revoke", "retire"]),
        (["revoke", "disable", "deactivate", "archive"], ["revoke", "retire", "delete"]),
        (["create", "new", "add", "make", "init", "generate", "register"], ["create", "generate", "set", "add"]),
        (["update", "edit", "set", "modify", "change", "patch"], ["update", "set"]),
        (["put", "store", "save", "seal", "encrypt", "write", "rotate"], ["set", "generate"]),
        (["rekey", "reencrypt", "re-encrypt"], ["reseal"]),
        (["rename", "mv", "move"], ["rename", "update"]),
        (["verify", "check", "test", "validate"], ["verify"]),
        (["import"], ["add", "set"]),
    ]

    /// The options that are settings of a provider, by the names under `config`.
    static let settings = [
        "region": "region", "aws-region": "region", "resource-name": "resourceName", "resource": "resourceName",
        "api-version": "apiVersion", "organization": "organization", "org": "organization",
    ]

    /// The options, without their dashes.
    ///
    /// A meaning of two words has its value in it.
    static let options: [Entry] = [
        (["json", "as-json"], ["--format", "json"]),
        (["sarif"], ["--format", "sarif"]),
        (["markdown", "md"], ["--format", "markdown"]),
        (["output", "o", "out-format", "f"], ["--format"]),
        (["out", "file", "f"], ["--output"]),
        (["v", "V"], ["--version"]),
        (["silent", "s"], ["--quiet"]),
        (["C", "cwd", "dir", "directory", "root", "path", "repository", "chdir"], ["--repo"]),
        (["n", "check", "preview", "plan", "what-if", "whatif", "no-act"], ["--dry-run"]),
        (["autofix", "write", "repair"], ["--fix"]),
        (["fail-on-warnings", "warnings-as-errors", "error-on-warnings", "werror"], ["--strict"]),
        (["revision", "commit", "ref"], ["--rev"]),
        (["cached", "index"], ["--staged"]),
        (["model"], ["--default-model"]),
        (["url", "endpoint", "api-base", "base"], ["--base-url"]),
        (["slug", "type", "kind", "vendor"], ["--provider"]),
        (["setting", "set"], ["--config"]),
        (["title", "label"], ["--name"]),
        (["expires-at", "expiry", "ttl", "until"], ["--expires"]),
        (["rotate", "expires"], ["--rotate-by"]),
        (["allowed-host", "hostname", "url"], ["--host"]),
        (["env-file", "dotenv"], ["--env"]),
        (["p"], ["--port"]),
        (["listen", "bind", "address", "addr"], ["--host"]),
        (["i", "identity-file", "key-file"], ["--identity"]),
        (["?", "usage"], ["--help"]),
    ]

    /// Commands of other programs that Roster does not have, and that are spelled like one that does something else.
    static let foreign: Set<String> = [
        "compose", "deploy", "pull", "push", "commit", "config", "login", "unseal", "decrypt", "reveal",
        "port", "proxy",
    ]

    /// The meanings of a name, the likeliest first.
    static func meanings(of name: String, among entries: [Entry]) -> [[String]] {
        entries.filter { $0.names.contains(name) }.map(\.meaning)
    }

    /// The names that are long enough to be recognized when they are misspelled.
    static func long(_ entries: [Entry]) -> [String] { entries.flatMap(\.names).filter { $0.utf8.count >= 5 } }
}
