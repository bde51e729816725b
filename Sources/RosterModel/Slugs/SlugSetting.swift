/// A key of `config` that a slug reads.
///
/// Rules, schema and documentation use this list. A test compares it with the settings that the code reads.
public struct SlugSetting: Sendable {
    /// The key.
    public let name: StaticString
    /// A sentence about its purpose.
    public let summary: StaticString
    /// A Boolean value that indicates whether the value is text; otherwise it is a mapping.
    public let isText: Bool
    /// Words within two edits of the key that mean something else, in lower case without separators.
    let otherWords: [StaticString]

    private init(
        _ name: StaticString,
        _ summary: StaticString,
        isText: Bool = true,
        otherWords: [StaticString]
    ) {
        self.name = name
        self.summary = summary
        self.isText = isText
        self.otherWords = otherWords
    }
}

extension SlugSetting {
    static let organization = organization("The organization that requests are billed to.")
    static let project = project("The project that requests are billed to.")
    static let organizationOfPrograms = organization("The organization that programs under roster exec send.")
    static let projectOfPrograms = project("The project that programs under roster exec send.")

    static let versionHeader = version("The version of the API that requests name in a header, such as 2023-06-01.")
    static let versionInPath = version("The version of the API in the path of requests: v1, or v1beta for previews.")

    static let endpointRegion = region("The region of the endpoint, such as us-east-1. Not used with a baseUrl.")
    static let signingRegion = region(
        "The AWS region that requests are signed for, such as eu-central-1. Without a baseUrl also that of the endpoint."
    )

    static let resourceName = SlugSetting(
        "resourceName",
        "The name of the Azure resource in the host of the endpoint. Not used with a baseUrl.",
        otherWords: ["sourcename"]
    )
    static let apiVersion = SlugSetting(
        "apiVersion",
        "A dated version of the API, such as 2024-10-21, which also changes the path of requests.",
        otherWords: ["appversion", "cliversion", "diversion", "aversion", "gpuversion", "uiversion"]
    )
    static let auth = SlugSetting(
        "auth",
        "The word ambient, to use the AWS identity of the machine in place of a secret.",
        // A name of four letters is near many words; those with another first letter are ignored.
        otherWords: [
            "act", "alt", "ant", "apt", "arch", "art", "ash", "ate", "atm", "aud", "aunt", "author", "authn", "authz",
            "auto", "aux", "oauth",
        ]
    )
    static let headers = SlugSetting(
        "headers",
        "Headers that are added to requests: a mapping of names to values.",
        isText: false,
        otherWords: [
            "dealers", "elders", "graders", "headed", "headless", "heads", "heaters", "helpers", "holders", "leader",
            "leaders", "lenders", "loaders", "reader", "readers", "renders", "shaders", "traders",
        ]
    )

    private static func organization(_ summary: StaticString) -> SlugSetting {
        SlugSetting("organization", summary, otherWords: ["organizational", "reorganization"])
    }

    private static func project(_ summary: StaticString) -> SlugSetting {
        let words: [StaticString] = ["product", "projected", "projector", "prospect", "protect", "protest", "reject"]
        return SlugSetting("project", summary, otherWords: words)
    }

    private static func version(_ summary: StaticString) -> SlugSetting {
        let words: [StaticString] = [
            "aversion", "diversion", "erosion", "inversion", "pension", "person", "session", "tension", "vision",
        ]
        return SlugSetting("version", summary, otherWords: words)
    }

    private static func region(_ summary: StaticString) -> SlugSetting {
        let words: [StaticString] = [
            "begin", "legion", "ration", "reason", "recon", "regain", "regime", "regional", "reign", "rejoin",
            "religion", "resign", "reunion",
        ]
        return SlugSetting("region", summary, otherWords: words)
    }
}

extension ProviderSlug {
    /// The slugs that read a key of `config`, in the order of the format.
    public static func reading(_ name: String) -> [ProviderSlug] {
        table.filter { $0.settings.contains { $0.name.description == name } }.map(\.slug)
    }

    /// The purpose of a key of `config` for some slugs.
    public struct SettingUse: Sendable {
        /// The slugs, in the order of the format.
        public var slugs: [ProviderSlug]
        /// A sentence about its purpose.
        public var summary: StaticString
    }

    /// Returns the purposes of a key of `config` for the slugs that read it.
    public static func uses(ofSetting name: StaticString) -> [SettingUse] {
        var uses: [SettingUse] = []
        for facts in table {
            let setting = facts.settings.first { $0.name.description == name.description }
            guard let summary = setting?.summary else { continue }
            if let same = uses.firstIndex(where: { $0.summary.description == summary.description }) {
                uses[same].slugs.append(facts.slug)
            } else {
                uses.append(SettingUse(slugs: [facts.slug], summary: summary))
            }
        }
        return uses
    }

    /// The keys of `config` that any slug reads, each once, in the order of the format.
    public static let settingNames: [StaticString] = {
        var names: [StaticString] = []
        for setting in table.flatMap(\.settings)
        where !names.contains(where: { $0.description == setting.name.description }) {
            names.append(setting.name)
        }
        return names
    }()
}
