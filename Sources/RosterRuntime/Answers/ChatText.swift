import RosterJSON
import RosterModel

/// The text of a chat answer.
enum ChatText {
    /// Nil when the answer has none.
    static func find(in body: JSONObject, _ family: ProtocolFamily) -> String? {
        switch family {
        case .openai: text(of: first(body["choices"])?["message"]?.object?["content"])
        case .anthropic: text(of: body["content"])
        case .google: text(of: first(body["candidates"])?["content"]?.object?["parts"])
        case .ollama: text(of: body["message"]?.object?["content"])
        case .bedrock: text(of: body["output"]?.object?["message"]?.object?["content"])
        }
    }

    private static func first(_ value: JSONValue?) -> JSONObject? {
        guard case .array(let elements)? = value else { return nil }
        return elements.first?.object
    }

    /// A text, or the first part that has one.
    private static func text(of value: JSONValue?) -> String? {
        guard case .array(let parts)? = value else { return value?.string }
        return parts.lazy.compactMap { $0.object?["text"]?.string }.first
    }
}
