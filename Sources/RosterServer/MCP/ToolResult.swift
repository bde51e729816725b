import RosterDiagnostics
import RosterEditing
import RosterJSON
import RosterSources

/// The result of a tool.
enum ToolResult {
    /// Returns data, as text and as structured content, followed by notes.
    static func success(
        text: some Collection<UInt8> & Sendable,
        notes: [String] = [],
        structured: @escaping @Sendable (inout JSONWriter) -> Void
    ) -> RPCResult {
        RPCResult { json in
            json.name("content")
            json.array { json in
                json.textBlock(String(decoding: text, as: UTF8.self))
                for note in notes { json.textBlock(note) }
            }
            json.name("structuredContent")
            structured(&json)
            json.name("isError")
            json.boolean(false)
        }
    }

    /// Returns a list, as text the array and as structured content an object with it.
    static func list(_ name: StaticString, _ array: [UInt8]) -> RPCResult {
        success(text: array) { json in
            json.object { json in
                json.name(name)
                json.encoded(array)
            }
        }
    }

    /// Returns an edit that was made, or that the caller is to make.
    static func edit(_ edit: FileEdit, _ warnings: [Diagnostic], isMade: Bool, hasFileText: Bool) -> RPCResult {
        var json = JSONWriter(.compact)
        json.fileEdit(edit, hasFileText: hasFileText)
        // A handle has no character that JSON escapes.
        let bytes = json.bytes.dropLast() + Array(",\"handle\":\"\(edit.handle)\"}".utf8)
        var notes = [isMade && !edit.patch.isEmpty ? edit.whatWasDone : edit.howToMake]
        if isMade, !warnings.isEmpty { notes.append("check reports now: " + text(of: warnings)) }
        return success(text: bytes, notes: notes) { $0.encoded(bytes) }
    }

    /// Returns an error in the words of the tools, followed by the tool that helps and by its diagnostics as data.
    static func failure(_ problem: Problem) -> RPCResult {
        let problem = ToolAdvice.translated(problem)
        return RPCResult { json in
            json.name("content")
            json.array { json in
                json.textBlock(problem.detail)
                if let step = ToolAdvice.nextStep(for: problem) { json.textBlock(step) }
                if !problem.diagnostics.isEmpty { json.textBlock(text(of: problem.diagnostics)) }
            }
            json.name("isError")
            json.boolean(true)
        }
    }

    private static func text(of diagnostics: [Diagnostic]) -> String {
        var json = JSONWriter(.compact)
        json.diagnostics(diagnostics)
        return json.text
    }
}

extension FileEdit {
    /// The provider's `<project>/<handle>`, which is in the path of its file.
    fileprivate var handle: String {
        let parts = path.split(separator: "/").suffix(2).joined(separator: "/")
        return parts.hasSuffix(RepositoryLayout.recordSuffix)
            ? String(parts.dropLast(RepositoryLayout.recordSuffix.count)) : parts
    }

    /// Returns the note about an edit that was made.
    fileprivate var whatWasDone: String {
        let verb =
            switch operation {
            case .create: "created"
            case .update: "updated"
            case .delete: "deleted"
            }
        return "\(verb) \(path) in the working tree; nothing is committed: review the diff and commit it"
    }
}

extension JSONWriter {
    fileprivate mutating func textBlock(_ text: String) {
        element()
        object { json in
            json.name("type")
            json.string("text")
            json.name("text")
            json.string(text)
        }
    }
}
