import RosterBytes
import RosterTestSupport
import Testing

@testable import RosterFleet

@Suite("Credentials of registries")
struct DockerConfigurationTests {
    /// Returns the member `auth` of a user with a password.
    private static func auth(_ text: String) -> String { CanonicalBase64.encode(Array(text.utf8).span) }

    private func entry(
        _ file: String,
        _ reference: String = "oci://registry.example.com/acme/llm-registry"
    ) throws -> DockerConfiguration.Entry {
        try DockerConfiguration(Array(file.utf8)).entry(for: OCIExample.reference(reference))
    }

    private func user(_ names: [String], _ reference: String) throws -> String? {
        // The password is the name of the entry.
        let plain = names.map { #""\#($0)":{"username":"u","password":"\#($0)"}"# }
        guard
            case .login(.password(_, let password)) = try entry(
                #"{"auths":{\#(plain.joined(separator: ","))}}"#,
                reference
            )
        else { return nil }
        return password
    }

    @Test(arguments: [
        (["registry.example.com"], "oci://registry.example.com/a", "registry.example.com"),
        (["https://registry.example.com"], "oci://registry.example.com/a", "https://registry.example.com"),
        (["https://registry.example.com/v2/"], "oci://registry.example.com/a", "https://registry.example.com/v2/"),
        (["registry.example.com:443"], "oci://registry.example.com/a", "registry.example.com:443"),
        (["Registry.example.com"], "oci://registry.example.com/a", "Registry.example.com"),
        (["r.example", "r.example:5000"], "oci://r.example:5000/a", "r.example:5000"),
        (["r.example", "r.example/acme", "r.example/acme/x"], "oci://r.example/acme/x", "r.example/acme/x"),
        (["r.example", "r.example/acme", "r.example/other"], "oci://r.example/acme/x/y", "r.example/acme"),
        (["https://index.docker.io/v1/"], "oci://docker.io/acme/x", "https://index.docker.io/v1/"),
        (["docker.io"], "oci://docker.io/redis", "docker.io"),
        (["registry-1.docker.io"], "oci://index.docker.io/redis", "registry-1.docker.io"),
    ])
    func areFoundByTheNamesThatToolsWrite(_ names: [String], _ reference: String, _ expected: String) throws {
        #expect(try user(names, reference) == expected)
    }

    @Test(arguments: [
        (["r.example"], "oci://r.example:5000/a"), (["r.example:5000"], "oci://r.example/a"),
        (["r.example/acme"], "oci://r.example/acme-2/x"), (["r.example/acme"], "oci://r.example/a"),
        (["evil.example/r.example"], "oci://r.example/a"), (["example"], "oci://r.example/a"),
        (["docker.io"], "oci://ghcr.io/a"), (["r.example.evil"], "oci://r.example/a"),
    ])
    func areNotThoseOfAnotherRegistry(_ names: [String], _ reference: String) throws {
        #expect(try user(names, reference) == nil)
    }

    @Test func areDecoded() throws {
        let file = #"{"auths":{"registry.example.com":{"auth":"\#(Self.auth("me:pass:word"))"}}}"#
        #expect(try entry(file) == .login(.password(user: "me", password: "pass:word")))
        let token = #"{"auths":{"registry.example.com":{"auth":"\#(Self.auth("0:"))","identitytoken":"t"}}}"#
        #expect(try entry(token) == .login(.identityToken("t")))
    }

    @Test(arguments: [
        (#"{}"#, nil), (#"{"auths":{"registry.example.com":{}}}"#, nil),
        (#"{"auths":{"registry.example.com":{}},"credsStore":"desktop"}"#, "desktop"),
        (#"{"credsStore":"desktop"}"#, "desktop"), (#"{"credsStore":""}"#, nil), (#"{"auths":null}"#, nil),
        (#"{"credHelpers":{"registry.example.com":"ecr-login","x":"y"}}"#, "ecr-login"),
        (#"{"credHelpers":{"other.example":"ecr-login"}}"#, nil),
    ])
    func mayBeMissing(_ file: String, _ program: String?) throws { #expect(try entry(file) == .none(program: program)) }

    @Test func ofAnEntryArePreferredToAProgram() throws {
        let file = #"{"auths":{"registry.example.com":{"auth":"\#(Self.auth("a:b"))"}},"credsStore":"desktop"}"#
        #expect(try entry(file) == .login(.password(user: "a", password: "b")))
    }

    @Test(arguments: [
        "", "[]", "{", #"{"auths":[]}"#, #"{"auths":{"registry.example.com":"secret"}}"#,
        #"{"auths":{"registry.example.com":{"auth":"secret"}}}"#,
        #"{"auths":{"registry.example.com":{"auth":"c2VjcmV0"}}}"#,
        #"{"auths":{"registry.example.com":{"username":"u","password":"secret\n"}}}"#,
        #"{"auths":{"a":{},"a":{"auth":"secret"}}}"#, #"{"x": secret}"#,
    ])
    func areRefusedWithoutBeingRepeated(_ file: String) throws {
        do {
            let entry = try entry(file)
            Issue.record("the entry is \(entry)")
        } catch {
            #expect(!"\(error)".contains("secret") && !"\(error)".contains("c2Vj"))
        }
    }

    @Test func areNotShown() {
        let login = OCILogin.password(user: "user", password: "secret")
        var dumped = ""
        dump(DockerConfiguration.Entry.login(login), to: &dumped)
        for text in ["\(login)", String(reflecting: login), dumped] {
            #expect(!text.contains("secret") && !text.contains("user"), "\(text)")
        }
    }

    @Test func areReadFromTheFileThatIsNamed() throws {
        let folder = try ScratchFolder()
        try folder.write("config.json", #"{"auths":{"registry.example.com":{"username":"a","password":"b"}}}"#)
        try folder.write("large.json", String(repeating: " ", count: DockerConfiguration.byteLimit + 1))
        let reference = try OCIExample.reference()
        let found = DockerConfiguration.Entry.login(.password(user: "a", password: "b"))
        let docker = ["DOCKER_CONFIG": folder.path, "HOME": "/nowhere"]
        #expect(try OCICredentials(file: nil, environment: docker).entry(for: reference) == found)
        #expect(try OCICredentials(file: folder.path + "/config.json", environment: [:]).entry(for: reference) == found)
        let home = OCICredentials(file: nil, environment: ["HOME": "/home/me"])
        #expect(home == OCICredentials(path: "/home/me/.docker/config.json", isRequired: false))
        #expect(try home.entry(for: reference) == .none(program: nil))
        #expect(try OCICredentials(file: nil, environment: [:]).entry(for: reference) == .none(program: nil))
        for name in ["/missing.json", "/large.json", ""] {
            #expect(throws: DockerConfiguration.Problem.self) {
                try OCICredentials(file: folder.path + name, environment: [:]).entry(for: reference)
            }
        }
    }

    @Test func ofADamagedFileAreThoseOfTheRegistryOrNone() throws {
        var random = SeededGenerator()
        let file = Array(
            #"{"auths":{"https://registry.example.com/v2/":{"auth":"bWU6cHc="},"other.example":{"auth":"eDp5"}},"x":1}"#
                .utf8
        )
        let own = DockerConfiguration.Entry.login(.password(user: "me", password: "pw"))
        let reference = try OCIExample.reference()
        var found = 0
        for _ in 0..<2000 {
            var bytes = file
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
            case 1: bytes.remove(at: Int.random(in: bytes.indices, using: &random))
            default: bytes[Int.random(in: 60..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let entry = try? DockerConfiguration(bytes).entry(for: reference) else { continue }
            let isOther = entry == .login(.password(user: "x", password: "y"))
            #expect(!isOther, "\(String(decoding: bytes, as: UTF8.self))")
            found += entry == own ? 1 : 0
        }
        #expect(found > 0)
    }
}
