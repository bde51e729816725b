import ArgumentParser
import RosterEditing
import RosterModel
import RosterFrontend

/// The options for the hosts that a secret may be sent to.
struct SecretTargetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A host that the key may be sent to, or its URL; may be given several times.",
            valueName: "host"
        )
    )
    var host: [String] = []

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "The provider or the slug that uses the key: its hosts are those of its requests.",
            valueName: "what"
        )
    )
    var purpose: String?

    @OptionGroup var settings: EndpointOptions

    /// The arguments that name a target.
    var arguments: SecretTarget.Arguments {
        SecretTarget.Arguments(hosts: host, purpose: purpose, settings: settings.settings)
    }

    /// Refuses settings that have no effect, and missing ones that a slug needs.
    func check(_ secret: String) throws {
        for (name, value) in settings.given { try check(name, value, secret) }
        guard host.isEmpty, settings.baseUrl == nil, let slug = purpose.flatMap(ProviderSlug.init(rawValue:)) else {
            return
        }
        let command = ShellCommand.seal(secret, for: settings.settings.provider(slug)).text
        if slug.facts.endpoint == nil {
            throw CommandFailure.usage(
                "\(slug.rawValue) has no default endpoint: the hosts of the key depend on the base URL",
                help: "give it: \(command)"
            )
        }
        guard slug.facts.requiredConfig != nil, let setting = EndpointSetting(of: slug), let option = setting.option,
            !settings.given.contains(where: { $0.name.rawValue == option.name })
        else { return }
        let what = setting == .region ? "region" : "resource"
        throw CommandFailure.usage(
            "\(slug.rawValue) has an endpoint for each \(what): the hosts of the key depend on its name",
            help: "give it: \(command)"
        )
    }

    private func check(_ name: EndpointOptions.Name, _ value: String, _ secret: String) throws {
        let option = name.rawValue
        let places =
            name.slugs.map { $0.map { "--for \($0.rawValue)" }.joined(separator: " and ") } ?? "--for and any slug"
        let home = "\(option) belongs to \(places)"
        guard let purpose else {
            guard host.isEmpty else {
                throw CommandFailure.usage(
                    "\(option) is given with --host, which already names the hosts",
                    help: "give one of the two; \(home)"
                )
            }
            let slug = (name.slugs?.first ?? .custom).rawValue
            let example = ["roster", "secret", "set", secret, "--for", slug, option, ShownText.mask(value)]
            throw CommandFailure.usage(
                "\(option) is given without --for",
                help: "\(home): \(ShellCommand(example).text)"
            )
        }
        guard let slug = ProviderSlug(rawValue: purpose) else {
            guard ShownText.isName(purpose) else { throw EditFailure.unknownSlug(purpose, secret, settings.settings) }
            throw CommandFailure.usage(
                "\(option) is given for the provider \(ShownText.mask(purpose)), which has its own settings",
                help: "leave it out: roster secret set \(secret) --for \(ShownText.mask(purpose)); \(home)"
            )
        }
        guard host.isEmpty else {
            throw CommandFailure.usage(
                "\(option) is given with --host, which already names the hosts",
                help: "give one of the two"
            )
        }
        guard name.slugs?.contains(slug) ?? true else {
            throw CommandFailure.usage(
                "\(option) is not a setting of \(slug.rawValue)",
                help: "leave it out: \(commandWithout(name, slug, secret)); \(home)"
            )
        }
    }

    /// Returns the command for a slug without an option that does not belong to it, and with what the slug needs.
    private func commandWithout(_ name: EndpointOptions.Name, _ slug: ProviderSlug, _ secret: String) -> String {
        var settings = settings.settings
        switch name {
        case .resourceName: settings.resourceName = nil
        case .region: settings.region = nil
        case .baseURL: settings.baseURL = nil
        }
        return ShellCommand.seal(secret, for: settings.provider(slug)).text
    }
}
