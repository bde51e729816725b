import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterFrontend
import RosterJSON
import RosterModel
import YAMLSyntax

/// The fields of a provider as arguments.
struct ProviderFieldOptions: ParsableArguments {
    @Option(help: "A label for people.")
    var name: String?

    @Option(help: ArgumentHelp("The kind of provider, one of the ten slugs.", valueName: "slug"))
    var provider: String?

    @Option(help: ArgumentHelp("The model to request; for azure, the name of the deployment.", valueName: "text"))
    var defaultModel: String?

    @Option(help: ArgumentHelp("The secret of the same project that holds the key.", valueName: "handle"))
    var secret: String?

    @Option(help: ArgumentHelp("A URL in place of the slug's own endpoint.", valueName: "url"))
    var baseUrl: String?

    @Option(
        help: ArgumentHelp("A setting, such as retry.max=3; may be given several times.", valueName: "key.path=value")
    )
    var config: [String] = []

    @Option(help: ArgumentHelp("The whole config, as a JSON object.", valueName: "json"))
    var configJson: String?

    @Option(help: ArgumentHelp("The file's name (default: derived from the name).", valueName: "handle"))
    var handle: String?

    /// Returns the changes that the arguments ask for, by the paths of the file.
    func changes(unset: [String] = []) throws -> [(path: [String], value: JSONValue?)] {
        if let provider { try Self.checkSlug(provider) }
        var changes: [(path: [String], value: JSONValue?)] = []
        let texts = [
            ("name", name), ("provider", provider), ("defaultModel", defaultModel), ("secret", secret),
            ("baseUrl", baseUrl),
        ]
        for (key, text) in texts {
            guard let text else { continue }
            changes.append(([key], .string(text)))
        }
        if let configJson { changes.append((["config"], try Self.object(configJson))) }
        for key in unset { changes.append((try Self.unsetPath(key), nil)) }
        for setting in config { changes.append(try Self.setting(setting)) }
        return changes
    }

    /// The arguments as they were given, but for the secret.
    var arguments: [String] {
        let texts = [
            ("--name", name), ("--provider", provider), ("--default-model", defaultModel), ("--base-url", baseUrl),
            ("--config-json", configJson), ("--handle", handle),
        ]
        let settings = config.map { ("--config", Optional($0)) }
        return (texts + settings).flatMap { option, text -> [String] in
            guard let text else { return [] }
            // A text that begins with a hyphen would be parsed as an option.
            return text.utf8.first == UInt8(ascii: "-") ? ["\(option)=\(text)"] : [option, text]
        }
    }

    static func checkSlug(_ text: String) throws {
        guard ProviderSlug(rawValue: text) == nil else { return }
        let advice = SlugAdvice(text)
        let nearest = advice.slug.map { "did you mean \"\($0.rawValue)\"? " } ?? ""
        let options = advice.endpoint.map { "; as options: --provider \($0.slug.rawValue) --base-url \($0.baseURL)" }
        throw CommandFailure.usage(
            "\(ShownText.argument(text)) is not a provider slug",
            help: nearest + advice.help + (options ?? "")
        )
    }

    private static func object(_ json: String) throws -> JSONValue {
        let value: JSONValue
        do {
            value = try JSONReader.read(json)
        } catch {
            throw CommandFailure.usage(
                "--config-json is not JSON: \(error.message), after \(error.offset) bytes",
                help: "write an object in single quotes: --config-json '{\"retry\": {\"max\": 3}}'"
            )
        }
        guard value.object != nil else {
            throw CommandFailure.usage("--config-json is not a JSON object", help: "write { … }")
        }
        return value
    }

    private static func setting(_ text: String) throws -> (path: [String], value: JSONValue?) {
        guard let equals = text.unicodeScalars.firstIndex(of: "=") else {
            throw CommandFailure.usage(
                "\(ShownText.argument(text)) is not a setting",
                help: "write KEY=VALUE: --config retry.max=3"
            )
        }
        let path = text.unicodeScalars[..<equals].split(separator: ".", omittingEmptySubsequences: false).map {
            String($0)
        }
        guard path.allSatisfy({ !$0.isEmpty }) else {
            throw CommandFailure.usage(
                "\"\(text)\" names no key of config",
                help: "write KEY=VALUE: --config retry.max=3"
            )
        }
        let word = String(text.unicodeScalars[equals...].dropFirst())
        return (["config"] + path, try value(of: word))
    }

    /// Returns the value that a word has in a file; text where it is a number that would lose digits.
    private static func value(of word: String) throws -> JSONValue {
        let (meaning, loss) = unsafe Array(word.utf8).withUnsafeBufferPointer { bytes in
            let meaning = unsafe PlainScalar(bytes)
            return unsafe (meaning, meaning.digitLoss(in: bytes))
        }
        if loss == .zeros || loss == .digits { return .string(word) }
        switch meaning {
        case .null where word.isEmpty: return .string("")
        case .null: return .null
        case .boolean(let value): return .boolean(value)
        case .integer(let number): return .integer(number)
        case .float(let number): return .float(number)
        case .text: return .string(word)
        case .integerTooLarge, .notFinite:
            throw CommandFailure.usage(
                "config can hold no number such as \(word)",
                help: "give it as text: --config-json '{\"…\": \"\(word)\"}'"
            )
        }
    }

    private static func unsetPath(_ key: String) throws -> [String] {
        let path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let optional = ["secret", "baseUrl", "config"]
        let first = path[0] == "base-url" ? "baseUrl" : path[0]
        guard optional.contains(first), path.count == 1 || first == "config", path.allSatisfy({ !$0.isEmpty }) else {
            throw CommandFailure.usage(
                "\"\(key)\" cannot be unset",
                help: "unset secret, baseUrl, config, or a key of it such as config.retry"
            )
        }
        return [first] + path.dropFirst()
    }
}
