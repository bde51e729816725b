import RosterJSON
import RosterModel

/// The message of a provider's error.
enum ProviderErrorText {
    /// Returns the message in the body, in any of the vendors' formats; nil when there is none.
    static func message(in answer: ProviderAnswer) -> String? {
        guard let text = String(validating: answer.body, as: UTF8.self), !text.isEmpty else { return nil }
        guard let value = try? JSONReader.read(text) else {
            // A page for browsers has less information than its status.
            let isPage = text.utf8.first { $0 > 0x20 } == UInt8(ascii: "<")
            return isPage ? nil : text
        }
        return message(in: value, depth: 0)
    }

    /// The kinds of shape, from the innermost: `{"error": {"message"}}` of OpenAI, Anthropic, Google (there also in a
    /// list), Groq and Azure; `{"error": "…"}` of Ollama and xAI; `{"message"}` and `{"Message"}` of AWS; `{"detail"}`
    /// of many servers of OpenAI's protocol.
    private static func message(in value: JSONValue, depth: Int) -> String? {
        guard depth < 4 else { return nil }
        switch value {
        case .string(let text): return text.isEmpty ? nil : text
        case .array(let elements): return elements.first.flatMap { message(in: $0, depth: depth + 1) }
        case .object(let object):
            for name in ["error", "message", "Message", "errorMessage", "detail", "msg"] {
                guard let member = object[name], let text = message(in: member, depth: depth + 1) else { continue }
                return text
            }
            return nil
        default: return nil
        }
    }
}
