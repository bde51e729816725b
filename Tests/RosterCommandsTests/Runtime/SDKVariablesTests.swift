import Foundation
import RosterModel
import RosterRuntime
import RosterTestSupport
import Testing

/// `roster exec` and every variable that an SDK of a vendor reads.
@Suite("The variables of the vendors' SDKs")
struct SDKVariablesTests {
    private static let remote = InheritedVariables(
        origin: Origin(scheme: .https, host: .name("llm.example.com"), port: 443)
    )

    @Test func everySDKVariableIsRemovedOrHarmless() throws {
        let found = try SDKVariables.installed.get()
        let harmless = try HarmlessVariables()
        let kept = Set(InheritedVariables.kept.map(\.name))
        for (name, place) in zip(found.names, found.variables.keys.sorted().map { found.variables[$0]?.first ?? "" }) {
            let isInherited = Self.remote.contains(name[...])
            #expect(
                !isInherited || kept.contains(name) || harmless.contains(name) || name.uppercased().hasSuffix("_PROXY"),
                "\(name), which \(place) reads, is neither set, nor removed, nor listed as harmless"
            )
        }
        // One name for each form of a lookup, to detect that sources were not read.
        for name in [
            "OPENAI_CUSTOM_HEADERS", "ANTHROPIC_IDENTITY_TOKEN_FILE", "ANTHROPIC_AWS_BASE_URL", "AWS_ENDPOINT_URL_*",
            "AWS_PROFILE", "AWS_DATA_PATH", "AWS_SECURITY_TOKEN", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "GOOGLE_GENAI_USER_PROJECT", "GOOGLE_APPLICATION_CREDENTIALS", "GROQ_BASE_URL", "XAI_MANAGEMENT_KEY",
            "OLLAMA_HOST", "REQUESTS_CA_BUNDLE", "NETRC", "*_proxy", "CLOUD_ML_REGION",
        ] {
            #expect(found.variables[name] != nil, "\(name) is not found in \(found.packages)")
        }
    }

    /// Source locations whose names the enumeration cannot resolve, with a reason for each.
    private static let unresolved = [
        // The names are string literals of the same file, which are enumerated.
        "anthropic/lib/aws/_credentials.py _read_env",
        "botocore/configprovider.py ConfigChainFactory._get_env_providers",
        "botocore/credentials.py EnvProvider.load",
        "botocore/credentials.py EnvProvider._create_credentials_fetcher.fetch_credentials",
        "botocore/utils.py IMDSRegionProvider._create_fetcher",
        // The caller passes the name of the variable.
        "anthropic/lib/credentials/_providers.py EnvToken.__call__",
        "pydantic/v1/env_settings.py EnvSettingsSource.__call__",
        "requests/utils.py set_environ",
        // The whole environment is passed to another program, or restored.
        "anthropic/lib/tools/agent_toolset.py _default_bash_env",
        "botocore/utils.py IMDSFetcher.__init__",
        "cffi/ffiplatform.py compile",
        "google/auth/pluggable.py Credentials.retrieve_subject_token",
        "google/auth/pluggable.py Credentials.revoke",
    ]

    @Test func everyUnresolvedLookupIsListed() throws {
        for place in try SDKVariables.installed.get().unresolved {
            #expect(
                Self.unresolved.contains { place.hasPrefix($0 + " ") },
                "\(place): add its variables to the enumeration, or the place to the list with a reason"
            )
        }
    }

    @Test func harmlessVariablesNameNoCredentialOrDestination() throws {
        let words: Set<Substring> = [
            "KEY", "KEYS", "TOKEN", "SECRET", "PASSWORD", "CREDENTIAL", "CREDENTIALS", "AUTH", "AUTHORIZATION", "URL",
            "URI", "ENDPOINT", "HOST", "HOSTS", "BASE", "REGION", "PROFILE", "ROLE", "ARN", "HEADERS", "HEADER",
            "NETRC",
            "PROXY", "CONFIG", "PROJECT", "ORG", "ORGANIZATION", "ACCOUNT", "IDENTITY", "FEDERATION", "PLUGINS",
        ]
        // The first disables plugins; the second limits the number of headers.
        let exceptions: Set<String> = ["PYDANTIC_DISABLE_PLUGINS", "WEBSOCKETS_MAX_NUM_HEADERS"]
        let listed =
            InheritedVariables.kept.map { ($0.name, $0.reason) } + (try HarmlessVariables()).reasons.map { ($0, $1) }
        #expect(listed.count > 40)
        for (name, reason) in listed where !exceptions.contains(name) && !reason.hasSuffix("not a variable") {
            #expect(!reason.isEmpty)
            #expect(words.isDisjoint(with: name.uppercased().split(separator: "_")), "\(name)")
        }
    }

    @Test func findsUnknownVariableInEveryForm() throws {
        let folder = try ScratchFolder()
        try folder.write("peer-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: peer\nVersion: 1.0\n")
        try folder.write("peer-1.0.dist-info/RECORD", "peer/__init__.py,,\npeer/names.py,,\n")
        try folder.write(
            "peer/names.py",
            "CONSTANT = 'PEER_IMPORTED_KEY'\nTABLE = {'a': ('x', ['PEER_TABLE_URL'])}\n"
        )
        try folder.write(
            "peer/__init__.py",
            """
            import os
            from os import environ as environ, getenv
            from . import names
            from pydantic_settings import BaseSettings
            LOCAL = "PEER_LOCAL"
            class Settings(BaseSettings):
                model_config = dict(env_prefix="peer_settings_")
                host: str
            class Client:
                VARIABLE = "PEER_CLASS"
                def __init__(self, environ=None):
                    self._environ = environ or os.environ
                    self._environ.get(self.VARIABLE)
                def url(self, service):
                    return os.environ.get(f"PEER_URL_{service.upper()}", os.environ["PEER_" + service])
            def look(name, default=None):
                return os.getenv(name, default)
            look("PEER_ARGUMENT")
            look(default=1, name=LOCAL)
            for each in ("PEER_LOOP_1", "PEER_LOOP_2"):
                getenv(each)
            def table():
                for _, found in names.TABLE.values():
                    if found[0] in environ: pass
            os.environ.get(names.CONSTANT)
            os.environ.get(unknown())
            """
        )
        let found = try withExtendedLifetime(folder) { try SDKVariables(of: ["peer"], path: folder.path) }
        let expected: Set = [
            "PEER_IMPORTED_KEY", "PEER_TABLE_URL", "PEER_LOCAL", "PEER_SETTINGS_HOST", "PEER_CLASS", "PEER_URL_*",
            "PEER_*", "PEER_ARGUMENT", "PEER_LOOP_1", "PEER_LOOP_2",
        ]
        #expect(expected.subtracting(found.variables.keys).isEmpty, "\(found)")
        #expect(found.unresolved == ["peer/__init__.py - unknown()"])
        let harmless = try HarmlessVariables()
        for name in found.names { #expect(Self.remote.contains(name[...]) && !harmless.contains(name), "\(name)") }
    }

    @Test("All variables with a prefix of a vendor are removed, in any case")
    func prefixes() {
        for prefix in InheritedVariables.prefixes {
            for name in [prefix + "NEXT_BASE_URL", prefix.lowercased() + "next_base_url", prefix + "x"] {
                #expect(!Self.remote.contains(name[...]), "\(name)")
            }
        }
        let others = ["PATH", "HOME", "OPENAI", "MY_OPENAI_API_KEY", "OPENAI_LOG", "openai_log", "AZURE_CLIENT_ID"]
        for name in others {
            #expect(Self.remote.contains(name[...]), "\(name)")
        }
    }

    @Test("A proxy variable is passed on if ping uses it or if it has no effect")
    func proxies() {
        let proxies = ["HTTP_PROXY", "https_proxy", "All_Proxy", "grpc_proxy", "socks_proxy", "no_proxy", "NO_PROXY"]
        func inherited(_ scheme: Origin.Scheme, _ host: RosterModel.Host) -> [String] {
            let variables = InheritedVariables(origin: Origin(scheme: scheme, host: host, port: 1))
            return proxies.filter { variables.contains($0[...]) }
        }
        let loopback = RosterModel.Host.ipv4(IPv4Address(value: 0x7F00_0001))
        #expect(inherited(.https, .name("llm.example.com")) == proxies)
        #expect(inherited(.http, loopback) == ["https_proxy", "no_proxy", "NO_PROXY"])
        #expect(inherited(.http, .name("llm.example.com")) == ["https_proxy", "no_proxy", "NO_PROXY"])
        #expect(inherited(.https, loopback) == ["no_proxy", "NO_PROXY"])
        #expect(inherited(.https, .name("localhost")) == ["no_proxy", "NO_PROXY"])
    }
}
