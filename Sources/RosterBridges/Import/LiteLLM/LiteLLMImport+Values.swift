import RosterBytes
import RosterEditing
import RosterModel

// The values of parameters, with references to variables.

extension LiteLLMImport {
    /// The value of a parameter.
    struct Value {
        var text: String
        /// The variable that the value is from; nil for a value in the file.
        var variable: String?
    }

    /// The prefix of a reference to a variable.
    static let reference = "os.environ/"

    /// Returns the name of the variable that a text refers to; nil for any other text.
    static func variable(_ text: String) -> String? {
        text.hasPrefix(reference) ? String(text.dropFirst(reference.count)) : nil
    }

    /// Returns the value of a variable that is not a key; nil when it is not known.
    func value(ofVariable name: String, _ values: borrowing ImportVariables) -> Value? {
        if let place = variables[name], let text = source.text(place), !text.isEmpty {
            guard let other = Self.variable(text) else { return Value(text: text, variable: name) }
            return values.text(other).map { Value(text: $0, variable: name) }
        }
        return values.text(name).map { Value(text: $0, variable: name) }
    }

    /// Returns a Boolean value that indicates whether a variable is set, in a file or outside.
    func isSet(_ name: String, _ values: borrowing ImportVariables) -> Bool {
        if let place = variables[name] { return !source.isAbsent(place) }
        return values.has(name)
    }

    /// Returns the value of a parameter that is not a key; nil when it is absent.
    ///
    /// - Throws: ``LiteLLMTarget/Refusal`` for a variable that is not known.
    func value(
        of name: String,
        _ parameters: [String: ImportPlace],
        _ values: borrowing ImportVariables
    ) throws(LiteLLMTarget.Refusal) -> Value? {
        guard let place = parameters[name], let text = source.text(place), !text.isEmpty else { return nil }
        guard let variable = Self.variable(text) else { return Value(text: text) }
        try Self.checkName(variable, of: name)
        if let value = value(ofVariable: variable, values) { return value }
        let source = values.source.map { "\($0) does not have it" } ?? "give the file that has it: --env FILE"
        throw LiteLLMTarget.Refusal(
            message: "its value is that of the variable \(variable): \(source)",
            parameter: name
        )
    }

    /// Refuses the name of a variable that is more likely a key, since names are shown and keys are not.
    static func checkName(_ name: String, of parameter: String) throws(LiteLLMTarget.Refusal) {
        let isName =
            name.utf8.first?.isASCIIDigit == false && name.utf8.count <= 128
            && name.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") }
        let isUsual = name.contains("_") && !name.utf8.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        guard isName, isUsual || !ShownText.isRandom(name), KeyShapeScanner.matches(in: name).isEmpty else {
            throw LiteLLMTarget.Refusal(
                message: "the name of a variable has to follow \(reference), such as OPENAI_API_KEY",
                parameter: parameter
            )
        }
    }

    /// Refuses a key that refers to a text that is not the name of a variable.
    func checkReference(_ parameter: String, _ parameters: [String: ImportPlace]) throws(LiteLLMTarget.Refusal) {
        guard let place = parameters[parameter], let variable = source.text(place).flatMap(Self.variable) else {
            return
        }
        try Self.checkName(variable, of: parameter)
    }

    /// Returns the origin of a key, given by a reference or in the clear.
    ///
    /// LiteLLM resolves references before it sets the variables of the file, so that a value from outside wins.
    mutating func part(at place: ImportPlace, _ values: borrowing ImportVariables) -> ImportedKey.Part? {
        guard let text = source.text(place), !text.isEmpty else { return nil }
        if let variable = Self.variable(text) {
            return values.has(variable) ? .variable(variable) : part(ofVariable: variable)
        }
        return clearPart(at: place, text)
    }

    private mutating func clearPart(at place: ImportPlace, _ text: String) -> ImportedKey.Part {
        var hasher = Hasher()
        hasher.combine(text)
        let hash = hasher.finalize()
        let first = keys[hash]?.first { source.text($0) == text }
        if first == nil { keys[hash, default: []].append(place) }
        return .value(first ?? place)
    }

    /// Returns the origin of the key in a variable, which the file may set.
    ///
    /// The variables of the file replace those of the process.
    mutating func part(ofVariable name: String) -> ImportedKey.Part {
        guard let place = variables[name], let text = source.text(place), !text.isEmpty else { return .variable(name) }
        if let other = Self.variable(text) {
            let isName = (try? Self.checkName(other, of: name)) != nil
            return .variable(isName ? other : name)
        }
        return clearPart(at: place, text)
    }

    /// Returns a Boolean value that indicates whether a text is what people write where a server needs no key.
    static func isPlaceholder(_ text: String) -> Bool {
        let words = [
            "none", "null", "nil", "empty", "fake", "dummy", "anything", "not-needed", "not-required", "no-key", "na",
            "n/a", "placeholder", "unused", "ollama", "lm-studio", "local", "test", "random", "password", "sk-1234",
            "sk-12345", "sk-test", "sk-xxx", "sk-none", "sk-fake", "sk-no-key-required",
        ]
        let word = text.lowercased().replacing("_", with: "-")
        guard !words.contains(word), text.utf8.count > 6 else { return true }
        return ["fake-", "dummy-", "no-key", "not-needed", "your-"].contains { word.hasPrefix($0) }
    }
}
