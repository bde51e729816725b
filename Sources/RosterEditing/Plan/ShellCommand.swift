package import RosterJSON
package import RosterModel

/// A command that a message shows, for a POSIX shell.
package struct ShellCommand: Sendable, Hashable {
    /// The command, argument by argument.
    package var arguments: [String]

    package init(_ arguments: [String]) { self.arguments = arguments }

    /// The command as it is typed.
    package var text: String { arguments.map(ShellArgument.quoted).joined(separator: " ") }

    /// The command that seals a secret for a provider of these fields, before there is one.
    package static func seal(_ secret: String, for fields: JSONObject) -> ShellCommand {
        var arguments = ["roster", "secret", "set", secret]
        guard let slug = fields["provider"]?.string.flatMap(ProviderSlug.init(rawValue:)) else {
            return ShellCommand(arguments + ["--host", "HOST"])
        }
        arguments += ["--for", slug.rawValue]
        // A URL that is refused can hold a password, and nothing is sealed for it.
        if let url = fields["baseUrl"]?.string, (try? BaseURL(url)) != nil {
            return ShellCommand(arguments + ["--base-url", url])
        }
        if let option = EndpointSetting(of: slug)?.option {
            let value = EndpointSetting(of: slug).flatMap { fields["config"]?.object?[$0.name]?.string }
            let isNeeded = slug.facts.requiredConfig != nil
            if let value = value ?? (isNeeded ? option.placeholder : nil) { arguments += [option.name, value] }
        } else if slug.facts.endpoint == nil {
            arguments += ["--base-url", "URL"]
        }
        return ShellCommand(arguments)
    }
}

extension EndpointSetting {
    /// The option of `secret set` that gives the setting; nil for one that does not change the host.
    package var option: (name: String, placeholder: String)? {
        switch self {
        case .region: ("--region", "REGION")
        case .resourceName: ("--resource-name", "NAME")
        case .version, .apiVersion: nil
        }
    }
}
