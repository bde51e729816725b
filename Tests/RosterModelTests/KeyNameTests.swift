import RosterModel
import Testing

@Suite("Names of keys")
struct KeyNameTests {
    @Test(
        "A name ends like a key's in every convention of writing",
        arguments: [
            "x-portkey-api-key", "OPENAI_API_KEY", "openaiApiKey", "openAIApiKey", "openAIAPIKey", "OPENAIAPIKEY",
            "openaiapikey", "OpenAI API Key", "openai.api.key", "xApiKey2", "openaiApiKeyV2", "api_key_3",
            "SERPAPI_KEY",
            "x-rapidapi-key", "X-RapidAPI-Key", "vk", "portkeyVK", "master_key", "appSecret", "webhook-secret",
            "HF_TOKEN", "hftoken", "gatewayAuth", "x-auth", "Helicone-Auth", "cf-aig-authorization",
            "vertexCredentials",
            "openaiApiKeys", "access_tokens", "AWS_BEARER_TOKEN_BEDROCK",
        ]
    )
    func endings(name: String) {
        #expect(KeyName.ending(of: name)?.minimumLength == 16, "\(name)")
    }

    @Test(arguments: ["dbPassword", "PGPASSWORD", "db_passwd", "keystore.passphrase", "dbPassWord", "password2"])
    func shortestPasswordsHaveEightCharacters(name: String) {
        #expect(KeyName.ending(of: name)?.minimumLength == 8, "\(name)")
    }

    @Test(
        "A name that only contains such letters is not a key's",
        arguments: [
            "maxTokens", "tokens", "tokenizer", "monkey", "hockey", "keyboard", "secretary", "secretName", "author",
            "authority", "authUrl", "oauth", "OAuth", "googleOAuth", "oauth2", "auth0", "passage", "passwordless",
            "bypass_word", "betoken", "subtoken", "nonsecret", "okapiKey", "okapi_key", "okapikey", "designingkey",
            "publicKey", "sortKey", "keyId",
            "apiKeyId", "apiKeyEnv", "api_key_env", "tokenUrl", "cookieConsent", "evk2x", "", "-", "_", "2", "k", "v2",
            "photoKen", "ключ", "préauth",
        ]
    )
    func otherNames(name: String) {
        #expect(KeyName.ending(of: name) == nil, "\(name)")
    }

    @Test func referencesAndPlaceholdersAreNotKeys() {
        let context = KeyContext().member("OPENAI_API_KEY")
        for text in ["abcdefghijklmno7", "  abcdefghijklmno7\n", "Bearer abcdefg", "abc${X}defghijklmnopqrs7"] {
            #expect(context.isKey(text), "\(text)")
        }
        for text in [
            "abcdefghijklmn7", "abcdefgh ijklmno7", "${OPENAI_API_KEY}", "abc-${OPENAI_API_KEY}", "<the key of OpenAI>",
            "$(cat /run/openai-key)", "os.environ/OPENAI_API_KEY", "Bearer", "Bearer ${OPENAI_API_KEY}", "sk-…",
            "****************", "sk-xxxxxxxxxxxxxxxx", "MISTRAL_API_KEY_2",
        ] {
            #expect(!context.isKey(text), "\(text)")
        }
    }

    @Test func contextsAreInheritedByValuesAlone() {
        let key = KeyContext().member("openai_api_keys")
        #expect(key.member("eu").isKey("abcdefghijklmno7"))
        #expect(!key.member("name").isKey("abcdefghijklmno7"))
        let auth = KeyContext().member("gateway_auth")
        #expect(auth.isKey("abcdefghijklmno7") && auth.member("value").isKey("abcdefghijklmno7"))
        #expect(!auth.member("type").isKey("abcdefghijklmno7") && auth.member("pass").isKey("abcdefg7"))
        #expect(KeyContext().member("apiKey").isKey && KeyContext().member("apiKey").member("name").isKey("x"))
    }
}
