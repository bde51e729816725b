import RosterBytes
import RosterJSON
package import SealedBoxes

/// The text formats of variables with their values, for programs that read them.
package enum EnvironmentFormat: String, CaseIterable, Sendable {
    /// Commands of a POSIX shell.
    case sh
    /// JSON.
    case json
    /// A `.env` file, as python-dotenv reads it.
    case dotenv
    /// The file that `GITHUB_ENV` names.
    case github
}

extension ExecEnvironment {
    /// Returns the variables with their values in a format, in secret memory.
    ///
    /// - Parameters:
    ///   - format: the format.
    ///   - unset: variables that a shell unsets first.
    ///   - providers: the names of the providers in JSON; nil for one object instead of an array.
    ///   - delimiter: a line that no value contains, for GitHub.
    /// - Returns: the text.
    /// - Throws: ``ProviderFailure`` when the format cannot express a value.
    package func text(
        _ format: EnvironmentFormat,
        unsetting unset: [String],
        providers: [String]?,
        delimiter: String
    ) throws(ProviderFailure) -> SecretBuffer {
        var text = SecretTemplate()
        switch format {
        case .json: text.addJSON(of: self, providers)
        case .sh:
            for name in unset where VariablePrefix(custom: name) != nil { text.add("unset \(name)\n") }
            for variable in variables {
                text.add("export \(variable.name)='")
                text.add(variable, .shell)
                text.add("'\n")
            }
        case .dotenv: return try dotenv()
        case .github:
            for variable in variables {
                text.add("\(variable.name)<<\(delimiter)\n")
                text.add(variable, .none)
                text.add("\n\(delimiter)\n")
            }
        }
        return try text.filled(from: self)
    }

    /// Returns the commands that make GitHub mask the keys in logs, in secret memory.
    package func masks() throws(ProviderFailure) -> SecretBuffer {
        var text = SecretTemplate()
        for variable in variables where variable.isKey {
            text.add("::add-mask::")
            text.add(variable, .percent)
            text.add("\n")
        }
        return try text.filled(from: self)
    }

    private func dotenv() throws(ProviderFailure) -> SecretBuffer {
        do {
            var buffer = try SecretBuffer()
            for variable in variables {
                try buffer.append("\(variable.name)=")
                try unsafe withValue(of: variable) { value in
                    guard unsafe !DotenvText.isLost(value) else { throw variable.lostInDotenv }
                    try unsafe DotenvText.write(value) { (piece) throws(SecretBytes.Unavailable) in
                        try unsafe buffer.append(piece)
                    }
                }
                try buffer.append("\n")
            }
            return buffer
        } catch let failure as ProviderFailure { throw failure } catch { throw .noMemory }
    }
}

extension ExecEnvironment.Variable {
    /// The failure for a value that readers of `.env` files change in any quotes.
    fileprivate var lostInDotenv: ProviderFailure {
        ProviderFailure(
            .endpoint,
            "readers of .env files would change the value of \(name): it contains ${ or a control character, or ends with a backslash",
            help: "use --format sh, or roster exec"
        )
    }
}

/// A text with places for values that are secret.
private struct SecretTemplate {
    /// The characters of a value that are escaped.
    enum Escaping {
        case none, shell, json, percent

        /// Returns the bytes in place of a byte; nil for the byte itself.
        func replacement(of byte: UInt8) -> String? {
            switch (self, byte) {
            case (.shell, UInt8(ascii: "'")): #"'\''"#
            case (.json, UInt8(ascii: #"\"#)): #"\\"#
            case (.json, UInt8(ascii: "\"")): #"\""#
            case (.percent, UInt8(ascii: "%")): "%25"
            default: nil
            }
        }
    }

    private var text: [UInt8] = []
    private var places: [(offset: Int, variable: ExecEnvironment.Variable, escaping: Escaping)] = []

    mutating func add(_ text: String) { self.text += text.utf8 }

    mutating func add(_ variable: ExecEnvironment.Variable, _ escaping: Escaping) {
        places.append((text.count, variable, escaping))
    }

    /// Adds a JSON document; see ``ExecEnvironment/text(_:unsetting:providers:delimiter:)``.
    mutating func addJSON(of environment: borrowing ExecEnvironment, _ providers: [String]?) {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        let variables = environment.variables
        var places = places
        func add(_ provider: String, to json: inout JSONWriter) {
            json.object { json in
                json.name("handle")
                json.string(provider)
                json.name("variables")
                json.array(of: variables.filter { $0.provider == provider }) { variable, json in
                    json.object { json in
                        json.name("name")
                        json.string(variable.name)
                        json.name("value")
                        json.string("")
                        places.append((json.bytes.count - 1, variable, .json))
                    }
                }
            }
        }
        if let providers {
            json.array(of: providers) { provider, json in add(provider, to: &json) }
        } else {
            add(variables.first?.provider ?? "", to: &json)
        }
        json.endLine()
        (text, self.places) = (json.bytes, places)
    }

    /// Returns the text with the values.
    func filled(from environment: borrowing ExecEnvironment) throws(ProviderFailure) -> SecretBuffer {
        do throws(SecretBytes.Unavailable) {
            var buffer = try SecretBuffer()
            var end = 0
            for place in places {
                try buffer.append(String(decoding: text[end..<place.offset], as: UTF8.self))
                end = place.offset
                try unsafe environment.withValue(of: place.variable) { (value) throws(SecretBytes.Unavailable) in
                    for index in value.indices {
                        if let new = unsafe place.escaping.replacement(of: value[index]) {
                            try buffer.append(new)
                        } else {
                            try unsafe buffer.append(UnsafeRawBufferPointer(rebasing: value[index...index]))
                        }
                    }
                }
            }
            try buffer.append(String(decoding: text[end...], as: UTF8.self))
            return buffer
        } catch { throw .noMemory }
    }
}
