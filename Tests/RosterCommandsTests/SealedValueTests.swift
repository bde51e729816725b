import Foundation
import RosterBytes
import RosterEditing
import RosterModel
import RosterTestSupport
import SealedBoxes
import Testing

@testable import RosterCommands

/// Values that are sealed, and values that are rejected before they are sealed.
@Suite("Validation of values to seal")
struct SealedValueTests {
    private static let key = "sk-0123456789abcdef0123"
    private static let anthropic = "sk-ant-api03-" + String(repeating: "aB3dE6gH", count: 11) + "-AAAAAAAA"

    private static let openai = target("api.openai.com", [.openai])
    private static let host = target("api.example.org", [])
    private static let bedrock = target("bedrock-runtime.us-east-1.amazonaws.com", [.bedrock])
    private static let bedrockHost = target("bedrock-runtime.us-east-1.amazonaws.com", [])

    private static func target(_ host: String, _ slugs: Set<ProviderSlug>) -> SecretTarget {
        SecretTarget(hosts: [host].compactMap { try? AllowedHost($0) }, slugs: slugs)
    }

    /// Returns the warning about an accepted value, or the error.
    private func examine(_ text: [UInt8], _ target: SecretTarget) -> Result<String?, CommandFailure> {
        do {
            var bytes = try SecretBytes(zeroes: text.count)
            bytes.withMutableBytes { $0.copyBytes(from: text) }
            return .success(
                try target.examine(
                    try SecretValue(input: bytes),
                    for: "acme/k",
                    command: "roster secret set acme/k …",
                    bedrock: .accepted
                )
            )
        } catch let failure as EditFailure { return .failure(CommandFailure(failure)) } catch {
            return .failure(CommandFailure(exitCode: -1, message: "\(error)"))
        }
    }

    private func examine(_ text: String, _ target: SecretTarget) -> Result<String?, CommandFailure> {
        examine(Array(text.utf8), target)
    }

    static let quoted = [
        "\"\(key)\"", "'\(key)'", "`\(key)`", "“\(key)”", "‘\(key)’", "«\(key)»", "„\(key)“", "‹\(key)›", "＂\(key)＂",
        "\"\"\"\(key)\"\"\"", "\\\"\(key)\\\"", "\"\(key)\",", "'\(key)';", "\"\(key)", "\(key)'", "“\(key)", "\(key)”",
        "$'\(key)'", "b'\(key)'", "r\"\(key)\"", "&quot;\(key)&quot;", "%22\(key)%22", "\"\"", "´\(key)´",
    ]
    static let named = [
        "OPENAI_API_KEY=\(key)", "OPENAI_API_KEY=\"\(key)\"", "OPENAI_API_KEY = '\(key)'",
        "export OPENAI_API_KEY=\(key)",
        "export X=\(key)", "set OPENAI_API_KEY=\(key)", "setx OPENAI_API_KEY \(key)", "setenv OPENAI_API_KEY \(key)",
        "$env:OPENAI_API_KEY = \"\(key)\"", "declare -x OPENAI_API_KEY=\"\(key)\"", "ENV OPENAI_API_KEY=\(key)",
        "- OPENAI_API_KEY=\(key)", "-e OPENAI_API_KEY=\(key)", "--api-key=\(key)", "--api-key \(key)", "apiKey=\(key)",
        "api_key: \(key)", "\"apiKey\": \"\(key)\"", "\"OPENAI_API_KEY\": \"\(key)\",", "openai=\(key)", "token=\(key)",
        "FOO=bar", "foo=bar", "const apiKey = \"\(key)\";", "os.environ[\"OPENAI_API_KEY\"] = \"\(key)\"",
        "spring.ai.openai.api-key=\(key)", "OPENAI_API_KEY:=\(key)", "$ export OPENAI_API_KEY=\(key)", "A_B=\(key)",
    ]
    static let schemes = [
        "Bearer \(key)", "bearer \(key)", "BEARER\t\(key)", "Bearer  \(key)", "Bearer%20\(key)", "Basic dXNlcjpwYXNz",
        "Token \(key)", "ApiKey \(key)", "Api-Key \(key)", "Bearer", "\"Bearer \(key)\"",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261129/us-east-1/bedrock/aws4_request",
        "Authorization: Bearer \(key)", "authorization:Bearer \(key)", "x-api-key: \(key)", "x-api-key:\(key)",
        "api-key: \(key)", "x-goog-api-key: \(key)", "Ocp-Apim-Subscription-Key: \(key)",
        "-H \"Authorization: Bearer \(key)\"", "--header 'x-api-key: \(key)'", "Cookie: session=\(key)",
    ]
    static let references = [
        "${OPENAI_API_KEY}", "${OPENAI_API_KEY:-none}", "$OPENAI_API_KEY", "$(pass show openai)", "$(OPENAI_API_KEY)",
        "\"${OPENAI_API_KEY}\"", "OPENAI_API_KEY=${KEY}", "Bearer ${KEY}", "prefix-${KEY_NAME}", "$$KEY",
        "%OPENAI_API_KEY%",
        "!OPENAI_API_KEY!", "$env:OPENAI_API_KEY", "os.environ/OPENAI_API_KEY", "os.environ[\"KEY\"]",
        "os.getenv('KEY')",
        "process.env.OPENAI_API_KEY", "import.meta.env.KEY", "System.getenv(\"KEY\")", "ENV['KEY']",
        "env:OPENAI_API_KEY",
        "env.KEY", "env(KEY)", "${{ secrets.OPENAI_API_KEY }}", "secrets.OPENAI_API_KEY", "{{ .Values.key }}",
        "{{env.KEY}}",
        "{{ lookup('env', 'KEY') }}", "<%= ENV['KEY'] %>", "((openai-key))", "#{OPENAI_API_KEY}#", "__OPENAI_API_KEY__",
        "%(openai_key)s", "@Microsoft.KeyVault(SecretUri=https://x)", "op://vault/item/field",
        "vault:secret/data/x#key",
        "vault://secret/x", "ref+vault://secret/x", "arn:aws:secretsmanager:us-east-1:123456789012:secret:x",
        "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/x", "projects/p/secrets/s/versions/latest", "gcp-secret:x",
        "sm://project/secret", "ssm:/prod/key", "keyring:openai", "keychain:openai",
        "https://x.vault.azure.net/secrets/k",
        "azure_key_vault/openai", "file:/run/secrets/openai", "file:///run/secrets/openai", "/run/secrets/openai",
        "~/.openai/key", "./key.txt", "@/tmp/key", "key.txt", "sops", "ENC[AES256_GCM,data:abc,iv:def]", "ENC(abcdef)",
        "!vault |", "!vault secret/x", "!Ref OpenAIKey", "!secret openai", "$ANSIBLE_VAULT;1.1;AES256",
        "{cipher}abcdef",
        "<your key>", "<OPENAI_API_KEY>", "OPENAI_API_KEY", "secretKeyRef", "doppler:openai", "op read op://vault/item",
        "cat key.txt",
    ]

    @Test("References, assignments and quoted values are rejected, for a provider and for a host")
    func refused() {
        let tables = [Self.quoted, Self.named, Self.schemes, Self.references]
        #expect(tables.reduce(0) { $0 + $1.count } >= 140)
        for (index, values) in tables.enumerated() {
            for value in values {
                for target in [Self.openai, Self.host, Self.bedrock] {
                    guard case .failure(let failure) = examine(value, target) else {
                        Issue.record("taken: \(value)")
                        continue
                    }
                    let text = (failure.message ?? "") + (failure.help ?? "")
                    #expect(failure.exitCode == 64 && text.contains("pipe "), "\(value): \(failure)")
                    #expect(!text.contains("0123456789abcdef"), "\(value): \(failure)")
                    // The message names the cause, not a character that comes with it.
                    #expect(!text.contains("no header can carry"), "\(value): \(failure)")
                    #expect(text.contains("only refers to") == (index == 3), "\(value): \(failure)")
                }
            }
        }
    }

    @Test("Invisible characters are rejected")
    func marks() {
        let key = Array(Self.key.utf8)
        let values: [[UInt8]] = [
            [0xEF, 0xBB, 0xBF] + key, [0xFF, 0xFE] + key.flatMap { [$0, 0] }, [0xFE, 0xFF] + key.flatMap { [0, $0] },
            Array("\u{200B}".utf8) + key, key + Array("\u{A0}".utf8), Array("\u{2060}".utf8) + key,
            [0xEF, 0xBB, 0xBF, 0x22] + key + [0x22],
        ]
        for value in values {
            for target in [Self.openai, Self.host] {
                guard case .failure(let failure) = examine(value, target) else {
                    Issue.record("taken: \(value)")
                    continue
                }
                #expect(failure.exitCode == 64)
            }
        }
    }

    static let accepted = [
        key, "KEY-0123456789abcdef", "x", "one", "a=b", "k=v", "aB3dE6gH9=kL2mN5pQ8", "AbCd1234EfGh=5678", "dGVzdA==",
        "dGVzdDE=", "Zm9vYmFy=Zm9vYmFy", "sk-proj-ab=cd12ef34gh56ij78", "=abc", "==", "a==b", "QWxhZGRpbg9=ZGRpbg9",
        "abcd\"efgh1234", "ab'cd", "ab`cd`ef", "\"", "a\"b\"c", "p$ssw0rd", "$2a$10$abcdefghijklmnopqrstuv", "$", "${",
        "$1abc",
        "a%b", "%41bc", "A%2Fb", "user:password", "uuid-123:secretvalue", "id.secret",
        "0123456789abcdef0123456789abcdef",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcdefghijk", "key-3ax6xnjp29jd6fds4gc373sgvjxteol0",
        "KEY123",
        "Bearer123", "basicauth", "token", "bearer-abc", "ab/cd+ef=", "/abc+def==", "+abc", ".abc", "~abc", "@abc",
        "#abc",
        "!abc", "!abc!def", "<abc", "a<b>c", "{abc}", "[abc]", "(abc)", "{{", "__abc", "env", "vault", "file", "op",
        "ENC",
        "projects", "TypedCanary", "CanaryValue12345", "sv=2022-11-02&ss=b&sig=abc%3D", "AKIAIOSFODNN7EXAMPLE:abc",
        "sk_live_0123456789abcdef", "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH", "GSK_0123ABCD4567", "a,b", "abc,", "abc;",
        String(repeating: "x", count: 16_384),
    ]

    @Test("A key with punctuation is accepted")
    func taken() {
        #expect(Self.accepted.count >= 70)
        for value in Self.accepted {
            for target in [Self.openai, Self.host] {
                guard case .success(nil) = examine(value, target) else {
                    Issue.record("refused: \(value.prefix(60)): \(examine(value, target))")
                    continue
                }
            }
        }
    }

    @Test("A value that no header can carry is rejected for a provider, and sealed with a warning for a host")
    func otherPrograms() {
        for value in [
            "-----BEGIN PRIVATE KEY-----\nMIIabc==\n-----END PRIVATE KEY-----", "{\n  \"type\": \"service_account\"\n}",
            "line one\nline two", "one\rtwo", "correct horse battery staple", "p\u{E4}ssword", "a\u{7F}b", "a\u{1}b",
            "a\tb",
            "ssh-rsa AAAAB3NzaC1yc2E user@host",
        ] {
            guard case .success(.some(let remark)) = examine(value, Self.host) else {
                Issue.record("refused or without a remark: \(value)")
                continue
            }
            #expect(remark.hasPrefix("note: ") && !remark.contains(value))
            guard case .failure(let failure) = examine(value, Self.openai) else {
                Issue.record("taken: \(value)")
                continue
            }
            #expect(failure.exitCode == 64)
        }
        for value in [
            #"{"apiKey":"sk-0123456789abcdef"}"#, #"["a","b"]"#, "https://hooks.example.org/T/B/x",
            "postgres://u:p@h/db",
            "otpauth://totp/x?secret=ABC",
        ] {
            guard case .success = examine(value, Self.host), case .failure(let failure) = examine(value, Self.openai)
            else {
                Issue.record("\(value)")
                continue
            }
            #expect(failure.exitCode == 64)
        }
    }

    @Test("The key of another vendor is reported before other problems")
    func otherVendor() {
        for value in [
            Self.anthropic, "\"\(Self.anthropic)\"", "Bearer \(Self.anthropic)", "export K='\(Self.anthropic)'",
        ] {
            guard case .failure(let failure) = examine(value, Self.openai) else {
                Issue.record("taken")
                continue
            }
            #expect(failure.exitCode == (value == Self.anthropic ? 1 : 64))
            #expect(failure.message?.contains("Anthropic") ?? false)
            #expect(failure.message?.contains("aB3dE6gH") == false)
        }
        let gateway = Self.target("gateway.example.org", [.gateway])
        guard case .success = examine(Self.anthropic, gateway) else {
            Issue.record("a gateway takes any key")
            return
        }
    }

    private static let pair = #"{"accessKeyId":"AKIDEXAMPLE","secretAccessKey":"wJalrXUtnFEMI/K7MDENG"}"#

    @Test("Bedrock accepts only its own formats, for the provider and for its hosts")
    func bedrockForms() {
        let bare = "ABSK" + String(repeating: "a", count: 110)
        let good = [
            Self.pair, Self.pair.dropLast() + #","sessionToken":"abc"}"#, #"{"apiKey":"ABSKabcdef"}"#, bare,
            "bedrock-api-key-abcdefghijklmnopqrstuvwxyz", Self.pair.replacing(",", with: ",\n  "),
        ]
        let bad = [
            "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = x", Self.pair + "x",
            Self.pair + Self.pair,
            Self.pair.replacing("accessKeyId", with: "AccessKeyId"), #"{"accessKeyId":"a"}"#,
            #"{"secretAccessKey":"a"}"#,
            Self.pair.dropLast() + #","accessKeyId":"b"}"#, Self.pair.dropLast() + #","region":"b"}"#, #"{"apiKey":1}"#,
            Self.pair.dropLast() + #","apiKey":"b"}"#, Self.pair.dropLast() + #","sessionToken":null}"#,
            #"{"apiKey":""}"#,
            #"{"apiKey":"Bearer x"}"#, #"{"apiKey":"${KEY}"}"#, #"{"apiKey":"'x'"}"#,
            #"{"apiKey":"\#(Self.anthropic)"}"#,
            #"{"Credentials":{"AccessKeyId":"a","SecretAccessKey":"b","SessionToken":"c"}}"#, "AKIAIOSFODNN7EXAMPLE",
            "AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "null", "[]", "{}", "{",
            "AWS_ACCESS_KEY_ID=AKIDEXAMPLE\nAWS_SECRET_ACCESS_KEY=x", "\"\(bare)\"", "Bearer \(bare)",
            "\(bare)\n\(bare)", Self.key,
        ]
        for target in [Self.bedrock, Self.bedrockHost] {
            for value in good {
                guard case .success = examine(value, target) else {
                    Issue.record("refused: \(examine(value, target))")
                    continue
                }
            }
            for value in bad {
                guard case .failure(let failure) = examine(value, target) else {
                    Issue.record("taken: \(value)")
                    continue
                }
                #expect(
                    failure.exitCode == 64 && failure.help?.contains("\"accessKeyId\": \"<id>\"") ?? false,
                    "\(failure)"
                )
                #expect(!(failure.message ?? "").contains("EXAMPLE"))
            }
        }
        for host in [
            "bedrock.eu-west-1.amazonaws.com", "bedrock-runtime-fips.us-east-1.amazonaws.com:443",
            "x.bedrock-runtime.us-east-1.vpce.amazonaws.com/p/",
        ] {
            guard case .failure = examine(Self.key, Self.target(host, [])) else {
                Issue.record("taken for \(host)")
                continue
            }
        }
    }

    @Test("A rejected value is neither written nor shown, for a new secret and for a replaced one")
    func program() async throws {
        let repository = try await RuntimeRepository()
        try repository.add("bedrock", "secret: aws\nconfig: {region: us-east-1}")
        let new = ["secret", "set", "acme/new"]
        for (arguments, value) in [
            (new + ["--for", "openai"], "\"\(RuntimeRepository.key)\""),
            (new + ["--host", "a.example.org"], "KEY=\(RuntimeRepository.key)"),
            (new + ["--for", "acme/bedrock"], "[default]\naws_access_key_id = \(RuntimeRepository.key)"),
            (["secret", "set", "acme/aws"], RuntimeRepository.key),
        ] {
            let run = try await repository.run(arguments, input: Data(value.utf8))
            #expect(run.exitCode == 64 && !RuntimeRepository.shows(run), "\(run)")
            #expect(!repository.folder.exists("secrets"))
        }
        try await repository.seal()
        let before = try repository.folder.read("secrets/acme/key.yaml")
        let run = try await repository.run(
            ["secret", "set", "acme/key"],
            input: Data("Bearer \(RuntimeRepository.key)".utf8)
        )
        #expect(run.exitCode == 64 && !RuntimeRepository.shows(run))
        #expect(try repository.folder.read("secrets/acme/key.yaml") == before)
        let lines = try await repository.run(["secret", "set", "acme/key"], input: Data("a\nb".utf8))
        #expect(lines.exitCode == 0 && lines.error.contains("note: the value has more than one line"), "\(lines)")
    }
}
