import RosterBytes
import RosterCompiler
import RosterFrontend
import RosterModel

extension EditFailure {
    /// Refuses a `--for` that is neither a slug nor the name of a provider, with the command that was probably intended.
    package static func unknownSlug(_ name: String, _ secret: String, _ settings: EndpointSettings) -> EditFailure {
        let subject = "\(ShownText.argument(name)) is neither a provider nor a slug"
        let advice = SlugAdvice(name)
        if let slug = advice.slug {
            let command = ShellCommand.seal(secret, for: settings.provider(slug)).text
            return EditFailure(.invalid, "\(subject): did you mean \"\(slug.rawValue)\"?", help: command)
        }
        if let (slug, url, title) = advice.endpoint {
            var settings = settings
            settings.baseURL = settings.baseURL ?? url
            let command = ShellCommand.seal(secret, for: settings.provider(slug)).text
            return EditFailure(.invalid, subject, help: "\(title) is used as \(slug.rawValue): \(command)")
        }
        let isHost = name.contains("://") || name.contains(".") || name.hasPrefix("localhost")
        if isHost, let entry = try? AllowedHost.entry(ofArgument: name) {
            let command = ShellCommand(["roster", "secret", "set", secret, "--host", entry.text]).text
            return EditFailure(.invalid, subject, help: "a host is given with --host: \(command)")
        }
        return EditFailure(.invalid, subject, help: "write <project>/<handle>, or \(advice.help)")
    }
}
