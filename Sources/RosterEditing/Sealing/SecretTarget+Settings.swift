import RosterFrontend
import RosterModel

/// A setting of `secret set --for SLUG` that determines hosts.
private enum HostSetting: String {
    case resourceName = "--resource-name"
    case region = "--region"
    case baseURL = "--base-url"

    /// The slugs whose endpoint depends on it; nil for every slug.
    var slugs: [ProviderSlug]? {
        switch self {
        case .baseURL: nil
        case .resourceName, .region:
            ProviderSlug.allCases.filter { EndpointSetting(of: $0)?.option?.name == rawValue }
        }
    }
}

extension EndpointSettings {
    /// The settings that are given, in the order of the options in the help.
    fileprivate var given: [(setting: HostSetting, value: String)] {
        [(HostSetting.resourceName, resourceName), (.region, region), (.baseURL, baseURL)].compactMap { name, value in
            value.map { (name, $0) }
        }
    }

    /// Returns the settings without one of them.
    fileprivate func without(_ setting: HostSetting) -> EndpointSettings {
        var settings = self
        switch setting {
        case .resourceName: settings.resourceName = nil
        case .region: settings.region = nil
        case .baseURL: settings.baseURL = nil
        }
        return settings
    }
}

extension SecretTarget.Arguments {
    /// Refuses settings that have no effect, and missing ones that a slug needs.
    ///
    /// - Parameter secret: the full name of the secret, for messages.
    /// - Throws: ``EditFailure``.
    package func check(_ secret: String) throws(EditFailure) {
        for (setting, value) in settings.given { try check(setting, value, secret) }
        guard hosts.isEmpty, settings.baseURL == nil, let slug = purpose.flatMap(ProviderSlug.init(rawValue:)) else {
            return
        }
        let command = ShellCommand.seal(secret, for: settings.provider(slug)).text
        if slug.facts.endpoint == nil {
            throw EditFailure(
                .invalid,
                "\(slug.rawValue) has no default endpoint: the hosts of the key depend on the base URL",
                help: "give it: \(command)"
            )
        }
        guard slug.facts.requiredConfig != nil, let setting = EndpointSetting(of: slug), let option = setting.option,
            !settings.given.contains(where: { $0.setting.rawValue == option.name })
        else { return }
        let what = setting == .region ? "region" : "resource"
        throw EditFailure(
            .invalid,
            "\(slug.rawValue) has an endpoint for each \(what): the hosts of the key depend on its name",
            help: "give it: \(command)"
        )
    }

    private func check(_ setting: HostSetting, _ value: String, _ secret: String) throws(EditFailure) {
        let option = setting.rawValue
        let places =
            setting.slugs.map { $0.map { "--for \($0.rawValue)" }.joined(separator: " and ") } ?? "--for and any slug"
        let home = "\(option) belongs to \(places)"
        guard let purpose else {
            guard hosts.isEmpty else {
                throw EditFailure(
                    .invalid,
                    "\(option) is given with --host, which already names the hosts",
                    help: "give one of the two; \(home)"
                )
            }
            let slug = (setting.slugs?.first ?? .custom).rawValue
            let example = ["roster", "secret", "set", secret, "--for", slug, option, ShownText.mask(value)]
            throw EditFailure(
                .invalid,
                "\(option) is given without --for",
                help: "\(home): \(ShellCommand(example).text)"
            )
        }
        guard let slug = ProviderSlug(rawValue: purpose) else {
            guard ShownText.isName(purpose) else { throw EditFailure.unknownSlug(purpose, secret, settings) }
            throw EditFailure(
                .invalid,
                "\(option) is given for the provider \(ShownText.mask(purpose)), which has its own settings",
                help: "leave it out: roster secret set \(secret) --for \(ShownText.mask(purpose)); \(home)"
            )
        }
        guard hosts.isEmpty else {
            throw EditFailure(
                .invalid,
                "\(option) is given with --host, which already names the hosts",
                help: "give one of the two"
            )
        }
        guard setting.slugs?.contains(slug) ?? true else {
            // The command for the slug without the option that does not belong to it, and with what the slug needs.
            let command = ShellCommand.seal(secret, for: settings.without(setting).provider(slug)).text
            throw EditFailure(
                .invalid,
                "\(option) is not a setting of \(slug.rawValue)",
                help: "leave it out: \(command); \(home)"
            )
        }
    }
}
