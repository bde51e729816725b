import RosterBytes
import RosterModel
import RosterPages

/// The address of a file at a commit on the host of the repository, with placeholders.
package struct SourceLinkTemplate: Sendable, Hashable {
    /// The reason for which a text is not a template, in a sentence without a full stop.
    package struct Refusal: Error, Sendable, Hashable {
        package var message: String
    }

    private enum Part: Sendable, Hashable {
        case text(String)
        case commit, path, line
    }

    private let parts: [Part]

    private static let lengthLimit = 2_048
    private static let scheme = "https://"
    private static let example = "https://github.com/acme/registry/blob/{commit}/{path}#L{line}"

    /// Parses a template: an `https` URL with `{commit}`, `{path}` and, if wanted, `{line}` after its host.
    package init(_ text: String) throws(Refusal) {
        func refuse(_ reason: String) -> Refusal { Refusal(message: "\(reason), as in \(Self.example)") }
        guard text.hasPrefix(Self.scheme) else { throw refuse("it is not an https URL") }
        guard text.utf8.count <= Self.lengthLimit else { throw refuse("it is longer than \(Self.lengthLimit) bytes") }
        let afterScheme = text.dropFirst(Self.scheme.count)
        let host = afterScheme.prefix { $0 != "/" }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0.isASCIILetterOrDigit || ".-:[]".utf8.contains($0) }) else {
            throw refuse("its host is not a plain host name, with a port if needed")
        }
        guard (try? BaseURL(Self.scheme + String(host))) != nil else { throw refuse("its host is not valid") }
        var parts: [Part] = []
        var rest = afterScheme.dropFirst(host.count)
        var literal = Self.scheme + host
        while let character = rest.first {
            guard character == "{" else {
                guard character.utf8.allSatisfy(Self.isAllowed), character.utf8.count == 1 else {
                    throw refuse("\"\(character)\" is not allowed in a URL: write it percent-encoded")
                }
                literal.append(character)
                rest.removeFirst()
                continue
            }
            let name = rest[...(rest.firstIndex(of: "}") ?? rest.index(before: rest.endIndex))]
            let placeholder: Part
            switch name {
            case "{commit}": placeholder = .commit
            case "{path}": placeholder = .path
            case "{line}": placeholder = .line
            default: throw refuse("\(String(name).excerpt(40)) is not one of {commit}, {path} and {line}")
            }
            parts += [.text(literal), placeholder]
            literal = ""
            rest = rest.dropFirst(name.count)
        }
        for (part, name) in [(Part.commit, "{commit}"), (.path, "{path}")] where !parts.contains(part) {
            throw refuse("it has no \(name)")
        }
        self.parts = parts + [.text(literal)]
        guard PageURL(outside: url(commit: "0", path: "p", line: 1)) != nil else {
            throw refuse("a \"%\" in it is not followed by two hex digits")
        }
    }

    /// The characters of a URL: RFC 3986.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(byte)
    }

    /// Returns the address of a line of a file; the path is relative to git's top level.
    package func url(commit: String, path: String, line: Int) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .commit: Self.encoded(commit)
            case .path:
                path.split(separator: "/", omittingEmptySubsequences: false).map(Self.encoded).joined(separator: "/")
            case .line: "\(line)"
            }
        }.joined()
    }

    private static func encoded(_ segment: some StringProtocol) -> String {
        PercentEncoding.encode(segment.utf8)
    }
}
