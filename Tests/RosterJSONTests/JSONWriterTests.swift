import Foundation
import RosterJSON
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    @Test("Escapes exactly the required characters at any offset", arguments: 0..<20)
    func escapes(position: Int) throws {
        let specials: [Unicode.Scalar] = ["\"", "\\", "\n", "\t", "\r", "\u{1}", "\u{1f}", "/", "\u{7f}", "é", "🚀"]
        for special in specials {
            for count in [position + 1, 4, 5, 6, 7, 20, 33] where count > position {
                var scalars = Array(repeating: Unicode.Scalar("a"), count: count)
                scalars[position] = special
                var text = ""
                text.unicodeScalars.append(contentsOf: scalars)
                var json = JSONWriter(.compact)
                json.array { json in
                    json.element()
                    json.string(text)
                }
                let read = try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String]
                #expect(read == [text])
                #expect(json.text.contains("\\") == (special.value < 0x20 || special == "\"" || special == "\\"))
            }
        }
    }

    @Test("Writes an array of a sequence in both layouts", arguments: [[], ["a"], ["a", "b"]])
    func arrays(_ texts: [String]) {
        for layout in [JSONWriter.Layout.compact, .pretty] {
            var one = JSONWriter(layout)
            var other = JSONWriter(layout)
            one.array(of: texts) { text, json in json.string(text) }
            other.array { json in
                for text in texts {
                    json.element()
                    json.string(text)
                }
            }
            #expect(one.bytes == other.bytes)
        }
    }

    @Test("Appends a text only to a span that has room for it")
    func appendsWithRoom() {
        for room in [2, 3, 4] {
            var bytes: [UInt8] = []
            bytes.append(addingCapacity: room) { $0.append("abc.yaml", withoutLast: 5) }
            #expect(String(decoding: bytes, as: UTF8.self) == (room < 3 ? "" : "abc"))
        }
    }

    @Test(
        "Escapes invisible characters on request, and the result parses to the same text",
        arguments: ["\u{7F}", "\u{85}", "\u{200B}", "\u{202E}", "\u{2028}", "\u{FEFF}", "\u{E0041}"] as [Unicode.Scalar]
    )
    func escapesTheInvisible(_ scalar: Unicode.Scalar) throws {
        let text = "é\"🚀" + String(Character(scalar)) + "b"
        for isEscaping in [true, false] {
            var json = JSONWriter(.compact, escapingInvisible: isEscaping)
            json.object { json in
                json.name(escaping: text)
                json.string(text)
            }
            #expect(json.text.unicodeScalars.contains(scalar) == !isEscaping)
            #expect(json.text.unicodeScalars.contains("🚀") && json.text.unicodeScalars.contains("é"))
            let read = try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: String]
            #expect(read == [text: text])
        }
    }

    @Test(
        "Indents each level of a deep document by two spaces",
        arguments: [1, 19, 20, 21, 40, 90]
    )
    func depth(levels: Int) {
        func nest(_ json: inout JSONWriter, _ rest: Int) {
            guard rest > 0 else { return json.integer(1) }
            json.object { json in
                json.name("a")
                nest(&json, rest - 1)
            }
        }
        var json = JSONWriter(.pretty)
        nest(&json, levels)
        let lines = json.text.split(separator: "\n")
        #expect(lines.count == 2 * levels + 1)
        for (number, line) in lines.enumerated() {
            #expect(line.prefix { $0 == " " }.count == 2 * min(number, lines.count - 1 - number))
        }
    }

    @Test("Writes encoded values unchanged, and copies written ones")
    func pieces() throws {
        var json = JSONWriter(.compact)
        json.object { json in
            json.name("array")
            json.encoded(Array("[1]".utf8))
            json.name("sequence")
            json.encoded("[2]".utf8)
            json.name("list")
            json.encoded([UInt8(ascii: "[")] + Array(repeating: 0x31, count: 1000) + [UInt8(ascii: "]")])
            json.name("text")
            let start = json.count
            json.string("é, once")
            json.name("again")
            json.again(start..<start + 10)
        }
        let ones = String(repeating: "1", count: 1000)
        #expect(json.text == #"{"array":[1],"sequence":[2],"list":[\#(ones)],"text":"é, once","again":"é, once"}"#)
        #expect(json.bytes == Array(json.text.utf8))
        json.restart()
        json.array { json in
            json.element()
            json.null()
        }
        #expect(json.text == "[null]")
    }

    @Test("Writes integers in decimal")
    func integers() {
        for number in [0, 1, 9, 10, 99, 100, -1, -10, Int64.max, Int64.min] {
            var json = JSONWriter(.compact)
            json.integer(number)
            #expect(json.text == String(number))
        }
    }
}
