import RosterBytes
package import RosterModel
import RosterSources

/// A text at `secret`, by the form in which people write it.
package enum SecretReference: Equatable {
    /// A handle, with the project in front where there is one; `isFile` when it is written as a file's name.
    case handle(String, project: String?, isFile: Bool)
    /// The id of a secret.
    case id(SecretID)
    /// A variable that holds a key: `${OPENAI_API_KEY}`, `env:OPENAI_API_KEY`.
    case variable(String)
    /// Text that may be a key, and is never shown.
    case unknown

    /// Reads what a file has at `secret`.
    package init(_ text: String) {
        if let id = SecretID(text) {
            self = .id(id)
        } else if let name = Self.variable(text) {
            self = .variable(name)
        } else {
            self = Self.name(text) ?? .unknown
        }
    }

    /// A Boolean value that indicates whether the text can be shown: it has the form of a name.
    package var isName: Bool { self != .unknown }

    private static func name(_ text: String) -> SecretReference? {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false)[...]
        if parts.first == "." { parts = parts.dropFirst() }
        if parts.count == 3, parts.first == "secrets" { parts = parts.dropFirst() }
        guard (1...2).contains(parts.count), var last = parts.last else { return nil }
        let suffix = [RepositoryLayout.recordSuffix, ".yml"].first { last.hasSuffix($0) }
        if let suffix { last = last.dropLast(suffix.count) }
        let names = parts.dropLast() + [last]
        guard names.allSatisfy({ Handle.isValid($0.utf8) && !KeyMask.isLikeAKey(String($0)) }) else { return nil }
        let project = names.count == 2 ? names.first.map(String.init) : nil
        return .handle(String(last), project: project, isFile: suffix != nil)
    }

    /// Notations of shells, CI systems and gateways, around the name of a variable.
    private static let notations = [
        ("${", "}"), ("$", ""), ("env:", ""), ("env.", ""), ("ENV:", ""), ("os.environ/", ""), ("${{secrets.", "}}"),
        ("${env:", "}"), ("${env.", "}"), ("{{env.", "}}"), ("%", "%"), ("$env:", ""),
    ]

    private static func variable(_ text: String) -> String? {
        let text = text.filter { $0 != " " }
        for (prefix, suffix) in notations where text.hasPrefix(prefix) && text.hasSuffix(suffix) {
            guard text.count > prefix.count + suffix.count else { continue }
            let name = String(text.dropFirst(prefix.count).dropLast(suffix.count))
            if isVariableName(name) { return name }
        }
        return isVariableName(text) && text.contains("_") ? text : nil
    }

    /// Returns whether a text is the name of an environment variable: capitals, digits and underscores, and not a key.
    private static func isVariableName(_ name: String) -> Bool {
        guard (2...64).contains(name.utf8.count), let first = name.utf8.first, !first.isASCIIDigit else { return false }
        let isPlain = name.utf8.allSatisfy {
            $0.isASCIILetterOrDigit && $0.asciiLowercased != $0 || $0.isASCIIDigit || $0 == UInt8(ascii: "_")
        }
        return isPlain && !KeyMask.isLikeAKey(name)
    }
}
