import RosterModel

extension OpenEndpoint {
    /// Why an answer is none that a request hopes for; nil when its status is good.
    ///
    /// - Parameter answer: what came back.
    /// - Returns: a failure whose message has the provider's own words, the key cut out.
    public func failure(in answer: ProviderAnswer) -> ProviderFailure? {
        switch answer.status {
        case 200..<300: return nil
        case 300..<400:
            let target = excerpt(Self.withoutQuery(answer.header("location") ?? "nowhere"))
            return ProviderFailure(
                .redirect,
                "\(provider.name) at \(origin) answered \(answer.status) and points to \(target); "
                    + "a request is not sent on",
                help: "write the provider's real address as baseUrl"
            )
        default:
            let message = ProviderErrorText.message(in: answer) ?? ""
            let words = message.isEmpty ? "" : ": " + excerpt(message)
            return ProviderFailure(
                .refused(status: answer.status),
                "\(provider.name) at \(origin) answered \(answer.status)\(words)"
            )
        }
    }

    /// The text of a chat answer, the key cut out; empty when the model said nothing.
    ///
    /// - Throws: ``ProviderFailure`` when the status is not good, or the body is not of the provider's kind.
    public func chatText(in answer: ProviderAnswer) throws(ProviderFailure) -> String {
        redacted(ChatText.find(in: try body(of: answer), facts.protocolFamily) ?? "")
    }

    /// A page of models, the key cut out of every text.
    ///
    /// - Throws: ``ProviderFailure`` when the status is not good, or the body is not of the provider's kind.
    public func models(in answer: ProviderAnswer) throws(ProviderFailure) -> ModelPage {
        let body = try body(of: answer)
        guard var page = ModelList.read(body, facts.protocolFamily) else {
            throw malformed("has no list of models")
        }
        for index in page.models.indices {
            page.models[index].id = redacted(page.models[index].id)
            page.models[index].displayName = redacted(page.models[index].displayName)
            page.models[index].vendor = redacted(page.models[index].vendor)
            page.models[index].lifecycle = redacted(page.models[index].lifecycle)
        }
        return page
    }

    private func redacted(_ text: String?) -> String? {
        guard let text else { return nil }
        return redacted(text) as String
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

    /// A text for people: without the key, on one line, of a length that can be read.
    private func excerpt(_ text: String) -> String {
        let words = redacted(String(text.prefix(64 * 1024)))
            .split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(separator: " ")
        return words.count > 600 ? words.prefix(600) + "…" : words
    }

    /// A query may hold what is nobody's business.
    private static func withoutQuery(_ location: String) -> String {
        String(location.prefix { $0 != "?" && $0 != "#" })
    }
}
