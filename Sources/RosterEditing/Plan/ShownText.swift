import RosterBytes
import RosterFrontend
import RosterDiagnostics
import RosterFrontend
import RosterModel

/// Text in messages, without keys.
package enum ShownText {
    /// Returns a text with keys hidden.
    package static func mask(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return MaskedText(bytes).text(0..<bytes.count)
    }

    /// Returns a word of the command line for a message: shortened, without keys and invisible characters.
    package static func argument(_ word: String) -> String {
        // The text is masked before it is shortened, since a part of a key is not recognized.
        let text = word.excerpt(4_096)
        guard !isRandom(text) else { return "[redacted]" }
        return "\"" + PrintableText.escape(MaskedText(text, showing: []).text.excerpt(60)) + "\""
    }

    /// Returns whether a word that is not recognized may be a key of an unknown form.
    package static func isRandom(_ word: String) -> Bool {
        guard word.utf8.count >= 16, !isName(word) else { return false }
        let digits = word.utf8.count { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return digits >= 4 && digits < word.utf8.count && !word.utf8.contains(UInt8(ascii: " "))
    }

    /// Returns whether a word has the form of a record's name: an id, or `<project>/<handle>`.
    package static func isName(_ word: String) -> Bool {
        if word.hasPrefix("aip_") || word.hasPrefix("sec_") { return true }
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { Handle(String($0)) != nil }
    }

    /// Returns whether an option has a name that keys have.
    package static func isNameOfKey(_ option: String) -> Bool {
        let name = String(option.drop { $0 == "-" })
        return keyOptions.contains(name.lowercased()) || !KeyContext().member(name).isEmpty
    }

    /// Options with a value that would be a key.
    package static let keyOptions: Set<String> = [
        "key", "api-key", "apikey", "api_key", "value", "token", "password", "secret-value", "access-key", "secret-key",
    ]
}
