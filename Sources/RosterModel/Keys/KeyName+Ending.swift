import RosterBytes

extension KeyName {
    /// A kind of key that a name ends with: `x-portkey-api-key`, `OPENAI_API_KEY`, `openaiApiKey`.
    package enum Ending: Sendable, Hashable {
        /// A key, a token or a cookie.
        case key
        /// A password or passphrase, which can be short.
        case password
        /// A word that as often names a method as a key: `auth`, `credentials`.
        case credentials

        /// The minimum number of characters of a key.
        package var minimumLength: Int { self == .password ? 8 : 16 }
    }

    /// Returns the kind of key that a name ends with, or nil for `maxTokens`, `monkey` and `secretary`.
    ///
    /// A name is split at characters other than letters and digits, and where the case changes. Trailing numbers are
    /// ignored.
    package static func ending(of name: String) -> Ending? {
        var name = name
        return name.withUTF8 { unsafe ending(utf8: $0) }
    }

    /// Returns the kind of key that the UTF-8 of a name ends with.
    package static func ending(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Ending? {
        let (end, hasNumber) = unsafe endOfWords(bytes)
        guard end > 1 else { return nil }
        let words = unsafe bytes[..<end]
        guard unsafe words[end - 1].isASCIILetter && words[end - 2].isASCIILetter else { return nil }
        for phrase in unsafe phrases[bucket(words[end - 2].asciiLowercased, words[end - 1].asciiLowercased)] {
            // Auth0 is a company.
            if hasNumber && phrase.isAuth { continue }
            if unsafe phrase.isEnd(of: UnsafeBufferPointer(rebasing: words)) { return phrase.ending }
        }
        return nil
    }

    /// Returns the end of the last word, without numbers and versions, and whether a number follows it directly.
    private static func endOfWords(_ bytes: UnsafeBufferPointer<UInt8>) -> (end: Int, hasNumber: Bool) {
        var end = bytes.count
        func dropSeparators() {
            while unsafe end > 0 && !bytes[end - 1].isASCIILetterOrDigit { end -= 1 }
        }
        dropSeparators()
        var start = end
        while unsafe start > 0 && bytes[start - 1].isASCIIDigit { start -= 1 }
        guard start < end else { return (end, false) }
        end = start
        if unsafe end > 1 && bytes[end - 1].asciiLowercased == UInt8(ascii: "v")
            && (!bytes[end - 2].isASCIILetter || bytes[end - 1] != bytes[end - 1].asciiLowercased)
        {
            end -= 1
        }
        let hasNumber = unsafe end > 0 && bytes[end - 1].isASCIILetter
        dropSeparators()
        return (end, hasNumber)
    }

    /// The phrases by their last two letters, since most names end with none of these pairs.
    private static let phrases: [[Phrase]] = {
        var phrases = [[Phrase]](repeating: [], count: 26 * 26)
        for phrase in table {
            phrases[bucket(phrase.letter(at: phrase.count - 2), phrase.letter(at: phrase.count - 1))].append(phrase)
        }
        return phrases
    }()

    /// Returns the place of two small letters in ``phrases``.
    private static func bucket(_ first: UInt8, _ second: UInt8) -> Int {
        26 * Int(first - UInt8(ascii: "a")) + Int(second - UInt8(ascii: "a"))
    }

    private static let table: [Phrase] = [
        Phrase("api key", .key, .together), Phrase("secret key", .key, .together),
        Phrase("access key", .key, .together), Phrase("private key", .key, .together),
        Phrase("virtual key", .key, .together), Phrase("encryption key", .key, .together),
        Phrase("subscription key", .key, .together), Phrase("master key", .key), Phrase("signing key", .key),
        Phrase("auth key", .key), Phrase("vk", .key), Phrase("secret", .key, .together),
        Phrase("token", .key, .together), Phrase("cookie", .key, .together),
        Phrase("password", .password, .together), Phrase("passwd", .password, .together),
        Phrase("passphrase", .password, .together), Phrase("authorization", .credentials),
        Phrase("auth", .credentials), Phrase("credential", .credentials, .together),
        Phrase("credentials", .credentials, .together),
        // The name in AWS.
        Phrase("bearer token bedrock", .key),
        // Of several keys. Tokens and secrets in the plural are as often counted or named.
        Phrase("api keys", .key, .together), Phrase("secret keys", .key, .together),
        Phrase("access keys", .key, .together), Phrase("private keys", .key, .together),
        Phrase("virtual keys", .key, .together), Phrase("encryption keys", .key, .together),
        Phrase("subscription keys", .key, .together), Phrase("master keys", .key), Phrase("signing keys", .key),
        Phrase("auth keys", .key), Phrase("api tokens", .key), Phrase("access tokens", .key),
        Phrase("auth tokens", .key), Phrase("bearer tokens", .key), Phrase("refresh tokens", .key),
        Phrase("session tokens", .key), Phrase("secret tokens", .key), Phrase("client secrets", .key),
        Phrase("api secrets", .key), Phrase("app secrets", .key), Phrase("cookies", .key, .together),
        Phrase("passwords", .password, .together), Phrase("passphrases", .password, .together),
    ]
}

/// The words that a key's name ends with, with a blank between two.
private struct Phrase: Sendable {
    let text: StaticString
    let ending: KeyName.Ending
    private let joining: Joining

    /// The position in a word at which a phrase can begin.
    enum Joining: Sendable {
        /// The start of a word.
        case apart
        /// Inside a word as well, as in `dbpassword` and `OPENAIAPIKEY`: no other word has this ending.
        case together
    }

    init(_ text: StaticString, _ ending: KeyName.Ending, _ joining: Joining = .apart) {
        self.text = text
        self.ending = ending
        self.joining = joining
    }

    var count: Int { text.utf8CodeUnitCount }

    var isAuth: Bool { count == 4 && letter(at: 0) == UInt8(ascii: "a") }

    func letter(at offset: Int) -> UInt8 { unsafe text.utf8Start[offset] }

    /// Returns a Boolean value that indicates whether a name ends with the phrase.
    func isEnd(of name: UnsafeBufferPointer<UInt8>) -> Bool {
        var position = name.count
        var joint: Int?
        for offset in (0..<count).reversed() {
            guard letter(at: offset) != UInt8(ascii: " ") else {
                joint = position
                while unsafe position > 0 && !name[position - 1].isASCIILetterOrDigit { position -= 1 }
                continue
            }
            guard unsafe position > 0 && name[position - 1].asciiLowercased == letter(at: offset) else { return false }
            position -= 1
        }
        guard unsafe !startsWord(name, at: position) else { return unsafe !(isAuth && isOAuth(name, position)) }
        return unsafe joining == .together && isJoined(name, from: position, joint: joint)
    }

    private func startsWord(_ name: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        guard position > 0, unsafe name[position - 1].isASCIILetter || name[position - 1] >= 0x80 else { return true }
        guard unsafe isUppercase(name[position]) else { return false }
        // The last capital of a run starts a word when a small letter follows.
        return unsafe !isUppercase(name[position - 1])
            || position + 1 < name.count && name[position + 1].isASCIILetter && !isUppercase(name[position + 1])
    }

    /// OAuth is one word in any spelling.
    private func isOAuth(_ name: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        guard position > 0, unsafe name[position - 1].asciiLowercased == UInt8(ascii: "o") else { return false }
        return unsafe position == 1 || !name[position - 2].isASCIILetter || isUppercase(name[position - 1])
    }

    /// Returns a Boolean value that indicates whether a phrase inside a word is distinct from the rest of it.
    private func isJoined(_ name: UnsafeBufferPointer<UInt8>, from start: Int, joint: Int?) -> Bool {
        let isOneRun = (start + 1..<name.count).allSatisfy {
            unsafe name[$0].isASCIILetter && isUppercase(name[$0]) == isUppercase(name[start])
        }
        if isOneRun, unsafe isUppercase(name[start - 1]) == isUppercase(name[start]) {
            return !Self.words.contains { unsafe $0.isEnd(ofWord: name) }
        }
        guard let joint else { return false }
        // Capitals run together: the API key of openAIAPIKey.
        let end = unsafe name[..<joint].lastIndex { $0.isASCIILetterOrDigit }.map { $0 + 1 } ?? 0
        let first = unsafe UnsafeBufferPointer(rebasing: name[..<end])
        let isCapitals = unsafe joint < name.count && name[start - 1..<joint].allSatisfy { isUppercase($0) }
        if isCapitals, unsafe name[joint].isASCIILetter { return true }
        // RapidAPI and SerpApi are one word to many.
        let isAPI = letter(at: 1) == UInt8(ascii: "p") && letter(at: 2) == UInt8(ascii: "i")
        return unsafe isAPI && !StaticString("okapi").isEnd(ofWord: first)
    }

    private func isUppercase(_ byte: UInt8) -> Bool { byte != byte.asciiLowercased }

    /// Words with the ending of a phrase that do not name a key.
    private static let words: [StaticString] = [
        "betoken", "foretoken", "subtoken", "nontoken", "nonsecret", "unsecret", "nopassword", "nocookie", "okapikey",
        "okapikeys",
    ]
}

extension StaticString {
    /// Returns a Boolean value that indicates whether the last word of a name is this one, ignoring case.
    fileprivate func isEnd(ofWord name: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = name.count - utf8CodeUnitCount
        guard start >= 0, unsafe start == 0 || !name[start - 1].isASCIILetter else { return false }
        for offset in 0..<utf8CodeUnitCount where unsafe name[start + offset].asciiLowercased != utf8Start[offset] {
            return false
        }
        return true
    }
}
