import RosterCompiler
import RosterModel
import Testing

@testable import RosterEditing

/// What must hold of any file and any edit of it.
@Suite("Edits of generated files")
struct EditPropertyTests {
    private static let count: UInt64 = 3_000

    /// A way to a value, and the value that it gets; nil takes it away.
    struct Edit {
        var path: [String]
        var value: JSONValue?
    }

    static let edits: [Edit] = [
        Edit(path: ["name"], value: .string("Another name")),
        Edit(path: ["name"], value: .string("needs: \"quotes\" # and 'more'")),
        Edit(path: ["defaultModel"], value: .string("on")),
        Edit(path: ["secret"], value: .string("next")),
        Edit(path: ["secret"], value: nil),
        Edit(path: ["baseUrl"], value: .string("https://example.com/v1")),
        Edit(path: ["baseUrl"], value: nil),
        Edit(path: ["config"], value: nil),
        Edit(path: ["config"], value: .object(JSONObject())),
        Edit(path: ["config", "a"], value: .integer(7)),
        Edit(path: ["config", "new"], value: .string("x")),
        Edit(path: ["config", "retry", "max"], value: .integer(3)),
        Edit(path: ["config", "retry"], value: nil),
        Edit(path: ["config", "d", "deep", "er"], value: .array([.integer(1), .null, .string("no")])),
        Edit(path: ["config", "b"], value: .object(JSONObject(members: ["p": .float(1e20), "q": .strings(["a"])]))),
        Edit(
            path: ["config", "b"],
            value: .array([.object(JSONObject(members: ["k": .boolean(true)])), .string("")])
        ),
    ]

    @Test("The record is the intended one, and lines that have nothing to do with it stay byte for byte")
    func records() throws {
        var edited = 0
        for seed in 0..<Self.count {
            let source = GeneratedFile.bytes(seed: seed)
            let text = String(decoding: source, as: UTF8.self)
            guard PlainDocument.object(in: source) != nil else {
                Issue.record("seed \(seed) cannot be read:\n\(text)")
                continue
            }
            for offset in 0..<3 {
                let edit = Self.edits[(Int(seed) + offset * 5) % Self.edits.count]
                try check(edit, source, seed)
                edited += 1
            }
        }
        #expect(edited == Int(Self.count) * 3)
    }

    private func check(_ edit: Edit, _ source: [UInt8], _ seed: UInt64) throws {
        var document = try EditedDocument(source, as: .provider)
        var target = document.contents
        target.set(edit.path, to: edit.value)
        do { try document.become(target) } catch {
            Issue.record("seed \(seed), \(edit.path): \(error)\n\(String(decoding: source, as: UTF8.self))")
            return
        }
        let object = try #require(PlainDocument.object(in: document.bytes))
        #expect(JSONValue.object(object).saysTheSame(as: .object(target)), "seed \(seed), \(edit.path)")
        let (old, new) = (Self.lines(source), Self.lines(document.bytes))
        // All that changes lies in one run of lines, and its ends hold what the edit is about.
        let start = zip(old, new).prefix { $0 == $1 }.count
        let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
        let gone = old[start..<(old.count - end)]
        if document.contents == (try EditedDocument(source, as: .provider)).contents { #expect(gone.isEmpty) }
        let isFlowRoot = old.contains { $0.hasPrefix("{") }
        let others = ["id", "name", "provider", "defaultModel", "secret", "baseUrl", "config"].filter {
            $0 != edit.path[0]
        }
        if !isFlowRoot {
            for line in gone where edit.path[0] != "config" {
                let isOther = others.contains { name in
                    ["\(name)", "'\(name)'", "\"\(name)\""].contains {
                        line.hasPrefix($0 + ":") || line.hasPrefix($0 + " :")
                    }
                }
                // Without a last line end, the line before the end gets one.
                let keeps = new.contains { $0.trimmed == line.trimmed }
                #expect(
                    !isOther || keeps,
                    "seed \(seed), \(edit.path): \(line)\n\(String(decoding: source, as: UTF8.self))"
                )
            }
        }
    }

    @Test("What was added and is taken away again leaves the file as it was")
    func inverses() throws {
        var count = 0
        for seed in 0..<Self.count {
            let source = GeneratedFile.bytes(seed: seed)
            for edit in Self.edits where edit.value != nil {
                var document = try EditedDocument(source, as: .provider)
                let before = document.contents
                // Only what is new: an old value's own way of being written is not remembered.
                let parent = before.value(at: edit.path.dropLast())
                guard before.value(at: edit.path) == nil, let parent, parent.object?.members.isEmpty == false else {
                    continue
                }
                try document.change { $0.set(edit.path, to: edit.value) }
                try document.become(before)
                #expect(
                    document.bytes.elementsEqual(source),
                    "seed \(seed), \(edit.path):\n\(String(decoding: source, as: UTF8.self))\n---\n\(String(decoding: document.bytes, as: UTF8.self))"
                )
                count += 1
            }
        }
        #expect(count > 2_000)
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
