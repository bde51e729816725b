import RosterFrontend
package import RosterJSON
import RosterModel
import YAMLSyntax

/// The fields of a provider as words of a command line.
package struct ProviderArguments: Sendable, Hashable {
    package var name: String?
    /// The slug.
    package var provider: String?
    package var defaultModel: String?
    package var secret: String?
    package var baseURL: String?
    /// Settings, each a key path and a value such as `retry.max=3`.
    package var config: [String] = []
    /// The whole `config` as a JSON object.
    package var configJSON: String?
    /// The file's name.
    package var handle: String?

    /// Creates arguments without any word.
    package init() {}

    /// Returns the changes that the words ask for, by the paths of the file.
    ///
    /// - Parameter unset: the keys to take away.
    /// - Returns: the changes in the order in which they are made; nil takes a value away.
    /// - Throws: ``EditFailure`` when a word is not valid.
    package func changes(unset: [String] = []) throws(EditFailure) -> [(path: [String], value: JSONValue?)] {
        if let provider { try Self.checkSlug(provider) }
        var changes: [(path: [String], value: JSONValue?)] = []
        let texts = [
            ("name", name), ("provider", provider), ("defaultModel", defaultModel), ("secret", secret),
            ("baseUrl", baseURL),
        ]
        for (key, text) in texts {
            guard let text else { continue }
            changes.append(([key], .string(text)))
        }
        if let configJSON { changes.append((["config"], try Self.object(configJSON))) }
        for key in unset { changes.append((try Self.unsetPath(key), nil)) }
        for setting in config { changes.append(try Self.setting(setting)) }
        return changes
    }

    /// The options of `provider create` for all words but the secret.
    package var options: [String] {
        let texts = [
            ("--name", name), ("--provider", provider), ("--default-model", defaultModel), ("--base-url", baseURL),
            ("--config-json", configJSON), ("--handle", handle),
        ]
        let settings = config.map { ("--config", Optional($0)) }
        return (texts + settings).flatMap { option, text -> [String] in
            guard let text else { return [] }
            // A text that begins with a hyphen would be parsed as an option.
            return text.utf8.first == UInt8(ascii: "-") ? ["\(option)=\(text)"] : [option, text]
        }
    }

    /// The facts about the slug; nil without a valid slug.
    var facts: SlugFacts? { provider.flatMap(ProviderSlug.init(rawValue:))?.facts }

    /// Refuses a text that is not a slug.
    private static func checkSlug(_ text: String) throws(EditFailure) {
        guard ProviderSlug(rawValue: text) == nil else { return }
        let advice = SlugAdvice(text)
        let nearest = advice.slug.map { "did you mean \"\($0.rawValue)\"? " } ?? ""
        let options = advice.endpoint.map { "; as options: --provider \($0.slug.rawValue) --base-url \($0.baseURL)" }
        throw EditFailure(
            .invalid,
            "\(ShownText.argument(text)) is not a provider slug",
            help: nearest + advice.help + (options ?? "")
        )
    }

    private static func object(_ json: String) throws(EditFailure) -> JSONValue {
        let value: JSONValue
        do {
            value = try JSONReader.read(json)
        } catch {
            throw EditFailure(
                .invalid,
                "--config-json is not JSON: \(error.message), after \(error.offset) bytes",
                help: "write an object in single quotes: --config-json '{\"retry\": {\"max\": 3}}'"
            )
        }
        guard value.object != nil else {
            throw EditFailure(.invalid, "--config-json is not a JSON object", help: "write { … }")
        }
        return value
    }

    private static func setting(_ text: String) throws(EditFailure) -> (path: [String], value: JSONValue?) {
        guard let equals = text.unicodeScalars.firstIndex(of: "=") else {
            throw EditFailure(
                .invalid,
                "\(ShownText.argument(text)) is not a setting",
                help: "write KEY=VALUE: --config retry.max=3"
            )
        }
        let path = text.unicodeScalars[..<equals].split(separator: ".", omittingEmptySubsequences: false).map {
            String($0)
        }
        guard path.allSatisfy({ !$0.isEmpty }) else {
            throw EditFailure(
                .invalid,
                "\"\(text)\" names no key of config",
                help: "write KEY=VALUE: --config retry.max=3"
            )
        }
        let word = String(text.unicodeScalars[equals...].dropFirst())
        return (["config"] + path, try value(of: word))
    }

    /// Returns the value that a word has in a file; text where it is a number that would lose digits.
    private static func value(of word: String) throws(EditFailure) -> JSONValue {
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
            throw EditFailure(
                .invalid,
                "config can hold no number such as \(word)",
                help: "give it as text: --config-json '{\"…\": \"\(word)\"}'"
            )
        }
    }

    private static func unsetPath(_ key: String) throws(EditFailure) -> [String] {
        let path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let optional = ["secret", "baseUrl", "config"]
        let first = path[0] == "base-url" ? "baseUrl" : path[0]
        guard optional.contains(first), path.count == 1 || first == "config", path.allSatisfy({ !$0.isEmpty }) else {
            throw EditFailure(
                .invalid,
                "\"\(key)\" cannot be unset",
                help: "unset secret, baseUrl, config, or a key of it such as config.retry"
            )
        }
        return [first] + path.dropFirst()
    }
}
