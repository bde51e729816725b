import RosterJSON
import RosterModel

extension OpenEndpoint {
    /// Returns the failure that an answer reports; nil when its status is a success.
    ///
    /// - Parameter answer: the answer to a request.
    /// - Returns: a failure with the provider's own message, without the key.
    public func failure(in answer: ProviderAnswer) -> ProviderFailure? {
        switch answer.status {
        case 200..<300: return nil
        case 300..<400:
            let target = line(Self.withoutQuery(answer.header("location") ?? "nowhere"))
            return ProviderFailure(
                .redirect,
                "\(provider.name) at \(origin) answered \(answer.status) and points to \(target); "
                    + "a request is not sent on",
                help: "write the provider's real address as baseUrl"
            )
        default:
            let message = ProviderErrorText.message(in: answer) ?? ""
            let words = message.isEmpty ? "" : ": " + line(message)
            return ProviderFailure(
                .refused(status: answer.status),
                "\(provider.name) at \(origin) answered \(answer.status)\(words)"
            )
        }
    }

    /// Returns the text of a chat answer, without the key; empty when the model returned no text.
    ///
    /// - Throws: ``ProviderFailure`` when the status is not a success, or the body does not have the provider's format.
    public func chatText(in answer: ProviderAnswer) throws(ProviderFailure) -> String {
        redacted(ChatText.find(in: try body(of: answer), facts.protocolFamily) ?? "")
    }

    /// Returns the beginning of the text of a chat answer, starting with its first visible line, without the key.
    ///
    /// The time that it takes does not depend on how long the text is.
    package func chatExcerpt(in answer: ProviderAnswer) throws(ProviderFailure) -> String {
        let text = ChatText.find(in: try body(of: answer), facts.protocolFamily) ?? ""
        return eraser.erasedPrefix(of: text.droppingBlankLines(), length: AnswerLimits.excerpt)
    }

    /// Returns a page of models, without the key in any text.
    ///
    /// A text of more than 500 Unicode scalars is cut.
    ///
    /// - Throws: ``ProviderFailure`` when the status is not a success, the body does not have the provider's format, or
    ///   the list is larger than any real one.
    public func models(in answer: ProviderAnswer) throws(ProviderFailure) -> ModelPage {
        let body = try body(of: answer)
        guard var page = ModelList.read(body, facts.protocolFamily) else {
            throw malformed("has no list of models")
        }
        guard page.models.count <= AnswerLimits.models else { throw tooManyModels }
        if let next = page.next, next.value.utf8.count > AnswerLimits.tokenBytes {
            throw malformed("continues its list with a token of more than \(AnswerLimits.tokenBytes) bytes")
        }
        let bytes = page.models.reduce(0) { sum, model in
            sum + model.texts.reduce(0) { $0 + min($1.utf8.count, 4 * AnswerLimits.line) }
        }
        guard bytes <= AnswerLimits.modelBytes else { throw tooManyModels }
        for index in page.models.indices {
            page.models[index].rewriteTexts { eraser.erasedPrefix(of: $0, length: AnswerLimits.line) }
        }
        return page
    }

    /// The failure for a list that is larger than any provider's.
    package var tooManyModels: ProviderFailure {
        ProviderFailure(
            .tooLarge,
            "the list of models of \(provider.name) at \(origin) is too large: Roster reads \(AnswerLimits.models) models "
                + "and \(AnswerLimits.modelBytes) bytes of a page"
        )
    }

    private func body(of answer: ProviderAnswer) throws(ProviderFailure) -> JSONObject {
        if let failure = failure(in: answer) { throw failure }
        guard let body = (try? JSONReader.read(utf8: answer.body))?.object else {
            throw malformed("is not a JSON object")
        }
        return body
    }

    private func malformed(_ what: String) -> ProviderFailure {
        ProviderFailure(.malformedAnswer, "what \(provider.name) at \(origin) answered \(what)")
    }

    /// Returns the beginning of a text as one line of at most 500 Unicode scalars, without the key.
    private func line(_ text: String) -> String {
        eraser.erasedPrefix(of: text.droppingBlankLines(), length: AnswerLimits.line)
            .split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(separator: " ")
    }

    /// Drops the query, which may hold a credential.
    private static func withoutQuery(_ location: String) -> String {
        String(location.prefix { $0 != "?" && $0 != "#" })
    }
}

/// The limits of the parts of an answer that are shown, and of lists.
enum AnswerLimits {
    /// Unicode scalars of a line.
    static let line = 500
    /// Unicode scalars of a chat answer, in which the first visible line is looked for.
    static let excerpt = 4 * line
    /// Models of a list.
    static let models = 10_000
    /// Bytes of the texts of a page of models.
    static let modelBytes = 1 << 20
    /// Bytes of the token with which a list continues.
    static let tokenBytes = 4096
}

extension String {
    /// Returns the text from its first visible line on, as far as ASCII goes; at most 100 blanks precede its first
    /// word.
    fileprivate func droppingBlankLines() -> String {
        guard let word = utf8.firstIndex(where: { $0 != 0x20 && !(0x09...0x0D).contains($0) }) else { return "" }
        var start = word
        for _ in 0..<100 {
            guard start > startIndex else { break }
            let previous = utf8.index(before: start)
            guard utf8[previous] != 0x0A, utf8[previous] != 0x0D else { break }
            start = previous
        }
        return start == startIndex ? self : String(self[start...])
    }
}
