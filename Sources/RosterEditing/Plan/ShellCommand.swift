package import RosterJSON
package import RosterModel

/// A command in a message, for a POSIX shell.
package struct ShellCommand: Sendable, Hashable {
    /// The command, argument by argument.
    package var arguments: [String]

    package init(_ arguments: [String]) { self.arguments = arguments }

    /// The command with its arguments quoted.
    package var text: String { arguments.map(ShellArgument.quoted).joined(separator: " ") }

    /// Returns the words of an option with a value; one with a leading dash would be parsed as an option.
    package static func option(_ name: String, _ value: String) -> [String] {
        value.utf8.first == UInt8(ascii: "-") ? [name + "=" + value] : [name, value]
    }

    /// Creates the command that seals a secret for a new provider with these fields.
    package static func seal(_ secret: String, for fields: JSONObject) -> ShellCommand {
        var arguments = ["roster", "secret", "set", secret]
        guard let slug = fields["provider"]?.string.flatMap(ProviderSlug.init(rawValue:)) else {
            return ShellCommand(arguments + ["--host", "HOST"])
        }
        arguments += ["--for", slug.rawValue]
        // A URL that is refused can contain a password, and no value is sealed for it.
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
    /// Returns the option of `secret set` for a setting; nil if the setting does not affect the host.
    package var option: (name: String, placeholder: String)? {
        switch self {
        case .region: ("--region", "REGION")
        case .resourceName: ("--resource-name", "NAME")
        case .version, .apiVersion: nil
        }
    }
}
