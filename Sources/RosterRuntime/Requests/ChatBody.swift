import RosterDiagnostics
import RosterJSON
package import RosterModel

/// The bodies of chat requests.
package enum ChatBody {
    /// Returns the body of a request with one message, as JSON.
    package static func make(_ facts: SlugFacts, model: String, _ prompt: String, _ limit: Int) -> [UInt8] {
        var json = JSONWriter(.compact)
        json.object { json in
            switch facts.protocolFamily {
            case .openai:
                writeModel(model, to: &json)
                writeMessages(prompt, to: &json)
                json.name(facts.answerLimitName)
                json.integer(limit)
            case .anthropic:
                json.name(facts.answerLimitName)
                json.integer(limit)
                writeMessages(prompt, to: &json)
                writeModel(model, to: &json)
            case .google:
                writeList("contents", to: &json) { json in
                    writeParts("parts", prompt, to: &json)
                    json.name("role")
                    json.string("user")
                }
                writeLimit("generationConfig", facts, limit, to: &json)
            case .ollama:
                writeModel(model, to: &json)
                json.name("stream")
                json.boolean(false)
                writeLimit("options", facts, limit, to: &json)
                writeMessages(prompt, to: &json)
            case .bedrock:
                writeList("messages", to: &json) { json in
                    json.name("role")
                    json.string("user")
                    writeParts("content", prompt, to: &json)
                }
                writeLimit("inferenceConfig", facts, limit, to: &json)
            }
        }
        return json.bytes
    }

    private static func writeModel(_ model: String, to json: inout JSONWriter) {
        json.name("model")
        json.string(model)
    }

    private static func writeMessages(_ prompt: String, to json: inout JSONWriter) {
        writeList("messages", to: &json) { json in
            json.name("role")
            json.string("user")
            json.name("content")
            json.string(prompt)
        }
    }

    private static func writeParts(_ name: StaticString, _ prompt: String, to json: inout JSONWriter) {
        writeList(name, to: &json) { json in
            json.name("text")
            json.string(prompt)
        }
    }

    /// A list of one object.
    private static func writeList(
        _ name: StaticString,
        to json: inout JSONWriter,
        _ members: (inout JSONWriter) -> Void
    ) {
        json.name(name)
        json.array { json in
            json.element()
            json.object(members)
        }
    }

    private static func writeLimit(_ name: StaticString, _ facts: SlugFacts, _ limit: Int, to json: inout JSONWriter) {
        json.name(name)
        json.object { json in
            json.name(facts.answerLimitName)
            json.integer(limit)
        }
    }
}
