import RosterBytes
import RosterModel

/// Recognizes a value that refers to another place: a variable, a file, an entry of a vault, a placeholder.
enum ValueReference {
    /// Returns whether a text is such a reference.
    static func isReference(_ text: SecretText) -> Bool {
        isEnclosed(text) || isVariable(text) || isPrefixed(text) || isURL(text) || isPath(text) || isTag(text)
            || isPlaceholder(text) || holdsVariable(text)
    }

    private static let enclosures = [
        ("${", "}"), ("$(", ")"), ("$[", "]"), ("{{", "}}"), ("{%", "%}"), ("#{", "}"), ("#{", "}#"), ("@{", "}"),
        ("%{", "}"), ("%(", ")s"), ("<%", "%>"), ("<<", ">>"), ("[[", "]]"), ("ENC[", "]"), ("ENC(", ")"),
        ("{vault:", "}"), ("{env:", "}"), ("{file:", "}"), ("{cmd:", "}"), ("{op:", "}"), ("$ENV{", "}"),
        ("{env.", "}"), ("{$", "}"), ("((", "))"), ("DEC(", ")"), ("DEC::", ""), ("{cipher}", ""), ("{noop}", ""),
    ]

    private static func isEnclosed(_ text: SecretText) -> Bool {
        enclosures.contains { text.count > $0.count + $1.count && text.hasPrefix($0) && text.hasSuffix($1) }
            || isMarked(text, "%", "%") || isMarked(text, "!", "!") || isMarked(text, "@@", "@@")
            || isMarked(text, "__", "__")
            || [("{", "}"), ("[", "]")].contains {
                isMarked(text, $0, $1) && isKeyVariable(text.dropFirst(1).dropLast(1))
            }
    }

    /// Returns whether the text is an identifier between two marks.
    private static func isMarked(_ text: SecretText, _ start: String, _ end: String) -> Bool {
        text.count > start.utf8.count + end.utf8.count && text.hasPrefix(start) && text.hasSuffix(end)
            && isIdentifier(text[start.utf8.count..<text.count - end.utf8.count])
    }

    private static func isIdentifier(_ text: SecretText) -> Bool {
        guard let first = text.first, text.count <= 128 else { return false }
        return (first.isASCIILetter || first == UInt8(ascii: "_")) && text.allSatisfy(SecretText.isNameByte)
    }

    /// Returns whether the text is `$NAME`, `$$NAME`, or only the name of a key's variable.
    private static func isVariable(_ text: SecretText) -> Bool {
        if text.hasPrefix("$"), isIdentifier(text.dropFirst(text.hasPrefix("$$") ? 2 : 1)) { return true }
        return isKeyVariable(text)
    }

    private static func isKeyVariable(_ text: SecretText) -> Bool {
        guard let name = VariableName(text) else { return false }
        return name.isScreamingSnake && name.namesKey
    }

    private static let prefixes = [
        // Languages.
        "os.environ", "os.getenv", "process.env", "import.meta.env", "deno.env", "bun.env", "system.getenv",
        "system.get_env", "environment.get", "std::env", "env!(", "option_env!(", "getenv(", "sys.getenv(", "env(",
        "env[", "env.", "env/", "env:", "environ/", "environ[", "environment:", "environment/", "$env:", "$_env[",
        "$_server[", "$secrets.", "$secrets:",
        // Pipelines and infrastructure.
        "secrets.", "secrets[", "secrets(", "secrets/", "secret(", "secret:", "secret/", "vars.", "var.", "local.",
        "data.", "module.", "github.", "inputs.", "steps.", "params.", "parameters.", "variables.", "variables[",
        "credentials(", "credential:", "lookup(", "hiera(", "fn::", "ref:", "ref+", "resolve:", "secretref:",
        "secretref+", "secretkeyref", "valuefrom", "k8s:", "k8s/", "kubernetes:", "@microsoft.keyvault",
        // Vaults and stores.
        "op:", "1password:", "onepassword:", "vault:", "vault/", "bao:", "openbao:", "keyring:", "keychain:",
        "keyvault:", "akv:", "azkv:", "azure_key_vault/", "azurekeyvault:", "azure-keyvault:", "azure-key-vault:",
        "aws_secret/", "aws_secret_manager/", "aws_secretsmanager:", "aws-secretsmanager:", "aws-secrets-manager:",
        "aws-sm:", "awssm:", "asm:", "secretsmanager:", "secrets-manager:", "secretmanager:", "secret-manager:",
        "ssm:", "aws-ssm:", "parameterstore:", "parameter-store:", "gcp-secret:", "gcp-secret-manager:", "gcp-sm:",
        "gcpsm:", "gcp:", "gsm:", "sm:", "kms:", "google_secret_manager/", "hashicorp_vault/", "sops:", "sops ",
        "age:", "doppler:", "infisical:", "bitwarden:", "bws:", "bw:", "lastpass:", "lpass:", "dashlane:", "keeper:",
        "keepass:", "pass:", "gopass:", "passage:", "credstash:", "chamber:", "conjur:", "akeyless:", "consul:",
        "etcd:", "dotenv:", "libsecret:", "secret-tool ", "credman:", "wincred:", "arn:aws",
        "//secretmanager.googleapis.com/", "$ansible_vault;",
        // Files and commands.
        "file:", "files:", "path:", "cmd:", "command:", "exec:", "shell:", "script:", "run:", "!vault", "!env", "cat ",
        "echo ", "pass show ", "gopass show ", "op read ", "vault kv ", "vault read ", "aws secretsmanager ",
        "aws ssm ",
        "gcloud secrets ", "kubectl get ", "security find-", "bw get ", "doppler secrets ",
    ]

    private static func isPrefixed(_ text: SecretText) -> Bool {
        prefixes.contains { text.hasPrefix($0, ignoringCase: true) } || text.equals("sops", ignoringCase: true)
            || text.hasPrefix("projects/") && text.firstRange(of: "/secrets/") != nil
    }

    /// `op://…`, `vault://…` and the like; a URL that people call, or that holds a password, is a value.
    private static func isURL(_ text: SecretText) -> Bool {
        let scheme = text.prefixLength { $0.isASCIILetterOrDigit || "+.-".utf8.contains($0) }
        guard scheme > 1, scheme <= 40, text.dropFirst(scheme).hasPrefix("://") else { return false }
        let rest = text.dropFirst(scheme + 3)
        let name = text[0..<scheme]
        if ["http", "https"].contains(where: { name.equals($0, ignoringCase: true) }) {
            let authority = rest[0..<rest.prefixLength { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }]
            return ["vault.azure.net", "secretmanager.googleapis.com"].contains {
                authority.hasSuffix($0, ignoringCase: true)
            }
        }
        return !["ws", "wss", "otpauth", "ftp", "sftp", "ssh"].contains { name.equals($0, ignoringCase: true) }
            && !rest.contains(where: { $0 == UInt8(ascii: "@") })
    }

    private static let folders = [
        "~/", "$HOME/", "./", "../", "@/", "@./", "@~/", "/run/", "/var/", "/etc/", "/home/", "/Users/", "/mnt/",
        "/vault/",
        "/opt/", "/tmp/", "/dev/", "/root/", "/proc/", "/secrets/", "%USERPROFILE%\\", "%APPDATA%\\",
    ]
    private static let endings = [".txt", ".pem", ".key", ".env", ".json", ".yaml", ".yml", ".ini", ".toml"]

    private static func isPath(_ text: SecretText) -> Bool {
        let isPlain = text.allSatisfy { $0.isASCIILetterOrDigit || "_-./@~%$\\ ".utf8.contains($0) }
        guard isPlain, text.count <= 1_024 else { return false }
        if folders.contains(where: { text.hasPrefix($0) }) { return true }
        let isDrive = text.count > 3 && text[0].isASCIILetter && text[1..<3].equals(":\\")
        return isDrive || endings.contains { text.count > $0.utf8.count && text.hasSuffix($0) }
    }

    /// Returns whether the text begins with a YAML tag: `!vault |`, `!Ref Key`, `!secret key`.
    private static func isTag(_ text: SecretText) -> Bool {
        guard text.hasPrefix("!") else { return false }
        let rest = text.dropFirst(1)
        let name = rest.prefixLength { SecretText.isNameByte($0) || "!:.-/".utf8.contains($0) }
        return name > 0 && name < rest.count && rest[0] != UInt8(ascii: "-") && SecretText.isBlank(rest[name])
    }

    /// Words in angle brackets, as in `<your key>`.
    private static func isPlaceholder(_ text: SecretText) -> Bool {
        guard text.count > 4, text.hasPrefix("<"), text.hasSuffix(">"), text[1].isASCIILetter else { return false }
        return text[1..<text.count - 1].allSatisfy { $0.isASCIILetterOrDigit || "_-. ".utf8.contains($0) }
    }

    /// A variable inside a text that is short enough for chance to write none.
    private static func holdsVariable(_ text: SecretText) -> Bool {
        guard text.count <= 256 else { return false }
        for (start, end) in [("${", "}"), ("{{", "}}"), ("$(", ")")] {
            guard let opening = text.firstRange(of: start) else { continue }
            let rest = text.dropFirst(opening.upperBound)
            guard let closing = rest.firstRange(of: end) else { continue }
            let name = rest[0..<closing.lowerBound].trimmed
            let inner = name.hasPrefix("{") ? name.dropFirst(1).trimmed : name
            let isName = inner.allSatisfy { SecretText.isNameByte($0) || $0 == UInt8(ascii: ".") }
            if inner.count > 1, inner[0].isASCIILetter, isName { return true }
        }
        return false
    }
}
