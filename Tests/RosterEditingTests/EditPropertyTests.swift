import RosterCompiler
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSources
import Testing

@testable import RosterEditing

/// Properties of every edit of every file.
@Suite("Edits of generated files")
struct EditPropertyTests {
    private static let count: UInt64 = 3_000

    /// A path to a value, and its new value; nil removes it.
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

    @Test("The record is the intended one, and unrelated lines stay byte for byte")
    func records() throws {
        var edited = 0
        for number in 0..<Self.count {
            let source = GeneratedFile.bytes(number: number)
            let text = String(decoding: source, as: UTF8.self)
            guard PlainDocument.object(in: source) != nil else {
                Issue.record("file \(number) cannot be read:\n\(text)")
                continue
            }
            for offset in 0..<3 {
                let edit = Self.edits[(Int(number) + offset * 5) % Self.edits.count]
                try check(edit, source, number)
                edited += 1
            }
        }
        #expect(edited == Int(Self.count) * 3)
    }

    private func check(_ edit: Edit, _ source: [UInt8], _ number: UInt64) throws {
        var document = try EditedDocument(source, as: .provider)
        var target = document.contents
        target.set(edit.path, to: edit.value)
        do { try document.become(target) } catch {
            Issue.record("file \(number), \(edit.path): \(error)\n\(String(decoding: source, as: UTF8.self))")
            return
        }
        let object = try #require(PlainDocument.object(in: document.bytes))
        #expect(JSONValue.object(object).isEquivalent(to: .object(target)), "file \(number), \(edit.path)")
        for (offset, byte) in document.bytes.enumerated() where byte == UInt8(ascii: "\n") {
            let isPair = offset > 0 && document.bytes[offset - 1] == UInt8(ascii: "\r")
            #expect(isPair == source.contains(UInt8(ascii: "\r")), "file \(number), \(edit.path)")
        }
        let touched = try Self.touchedLines(edit, source)
        let (old, new) = (Self.lines(source), Self.lines(document.bytes))
        // Blank lines and comments that would become part of the preceding block scalar may be removed.
        let before = Array(old[..<touched.lines.lowerBound])
        let following = Array(old[touched.lines.upperBound...])
        let words: Comment = "file \(number), \(edit.path):\n\(String(decoding: source, as: UTF8.self))"
        if touched.followsBlockScalar {
            let (kept, content) = (new.filter(Self.isContent), before.filter(Self.isContent))
            #expect(Array(kept.prefix(content.count)) == content, words)
            let end = following.filter(Self.isContent)
            #expect(Array(kept.suffix(end.count)) == end, words)
        } else {
            #expect(Array(new.prefix(before.count)) == before, words)
            #expect(Array(new.suffix(following.count)) == following, words)
        }
    }

    private static func isContent(_ line: String) -> Bool {
        let text = line.drop { $0 == " " || $0 == "\t" }
        return !text.isEmpty && !text.hasPrefix("#")
    }

    /// Returns the lines that an edit may change: those of the innermost affected entry; none for an insertion.
    private static func touchedLines(
        _ edit: Edit,
        _ source: [UInt8]
    ) throws -> (lines: Range<Int>, followsBlockScalar: Bool) {
        let document = try EditedDocument(source, as: .provider)
        func line(_ offset: Int) -> Int { source[..<offset].count { $0 == UInt8(ascii: "\n") } }
        var container = 0
        var touched = 0..<lines(source).count
        var followsBlockScalar = false
        for length in 1...edit.path.count {
            let path = edit.path.prefix(length).map(DocumentStep.Part.member)
            guard document.isBlock(container) else { break }
            let items = document.items(of: container)
            followsBlockScalar = followsBlockScalar || items.contains(where: \.endsInBlockScalar)
            guard let place = document.place(path), let index = items.firstIndex(where: { $0.node == place.node })
            else {
                // An added entry is between two lines of its mapping.
                break
            }
            touched = line(items[index].start)..<line(max(items[index].start, items[index].end - 1)) + 1
            guard !document.isBlock(place.node) || length < edit.path.count else { break }
            // A nested mapping that loses its last entry becomes {}, after its key.
            guard document.items(of: place.node).count > 1 else { break }
            container = place.node
        }
        return (touched, followsBlockScalar)
    }

    @Test("Adding and removing a key restores the file")
    func inverses() throws {
        var count = 0
        for number in 0..<Self.count {
            let source = GeneratedFile.bytes(number: number)
            for edit in Self.edits where edit.value != nil {
                var document = try EditedDocument(source, as: .provider)
                let before = document.contents
                // Only the new value is compared: the style of an old value is not restored.
                let parent = before.value(at: edit.path.dropLast())
                guard before.value(at: edit.path) == nil, let parent, parent.object?.members.isEmpty == false else {
                    continue
                }
                try document.change { $0.set(edit.path, to: edit.value) }
                try document.become(before)
                #expect(
                    document.bytes.elementsEqual(source),
                    "file \(number), \(edit.path):\n\(String(decoding: source, as: UTF8.self))\n---\n\(String(decoding: document.bytes, as: UTF8.self))"
                )
                count += 1
            }
        }
        #expect(count > 2_000)
    }

    @Test("Changing a text and changing it back restores the file, quotes included")
    func changedBack() throws {
        var count = 0
        for number in 0..<Self.count {
            let source = GeneratedFile.bytes(number: number)
            for field in ["name", "defaultModel", "secret"] {
                var document = try EditedDocument(source, as: .provider)
                let before = document.contents
                guard let text = before.value(at: [field][...])?.string else { continue }
                // Escapes and folded lines are not restored.
                let file = String(decoding: source, as: UTF8.self)
                let isOnOneLine = ["\(text)", "\"\(text)\"", "'\(text)'"].contains { written in
                    file.contains(": \(written)") && !text.contains(where: \.isNewline)
                }
                guard isOnOneLine, text.allSatisfy({ $0.isLetter || $0.isNumber || " -".contains($0) }) else {
                    continue
                }
                guard text.contains(where: \.isLetter),
                    !["on", "no", "yes", "off", "y", "n", "null", "true"].contains(text)
                else { continue }
                try document.change { $0.set([field], to: .string("Another name")) }
                try document.become(before)
                #expect(
                    document.bytes.elementsEqual(source),
                    "file \(number), \(field):\n\(file)\n---\n\(String(decoding: document.bytes, as: UTF8.self))"
                )
                count += 1
            }
        }
        #expect(count > 1_000)
    }

    /// Returns lines without their line ends; the last line may have none.
    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0.last == "\r" ? $0.dropLast() : $0) }
    }
}
