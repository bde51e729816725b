import Testing

@testable import YAMLSyntax

/// The reader of other programs' YAML.
@Suite("Lenient YAML")
struct LenientYAMLTests {
    @Test("Aliases are the nodes that they name, and nodes know where they are written")
    func aliases() throws {
        let yaml = try LenientYAML(Array("a: &x {k: v}\nb: *x\nc: [*x, 1]\n".utf8))
        let root = try #require(yaml.root)
        let children = yaml.nodes[root].children
        #expect(children.count == 6 && children[1] == children[3])
        #expect(yaml.nodes[children[1]].parent == root && yaml.nodes[children[1]].position == 1)
        #expect(yaml.nodes[children[5]].children.first == children[1])
        #expect(yaml.isKey(children[0]) && !yaml.isKey(children[1]))
    }

    @Test("Places count lines and characters from 1, also after a byte order mark")
    func places() throws {
        let yaml = try LenientYAML([0xEF, 0xBB, 0xBF] + Array("ä: ö\nb: 2\n".utf8))
        let places = yaml.nodes.indices.dropFirst().map { yaml.place(of: Int(yaml.nodes[$0].span.start)) }
        #expect(places.map(\.line) == [1, 1, 2, 2] && places.map(\.column) == [1, 4, 1, 4])
        #expect(yaml.text(of: 2) == "ö" && yaml.meaning(of: 4) == .integer(2))
    }

    @Test(
        "Limits hold",
        arguments: [
            String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
            "[" + String(repeating: "1,", count: 200_001) + "]",
        ]
    )
    func limits(_ text: String) {
        #expect(throws: LenientYAML.Failure.self) { try LenientYAML(Array(text.utf8)) }
    }

    @Test("Bytes that are not UTF-8 are refused with their place", arguments: [[0x61, 0x3A, 0x20, 0xFF], [0xC3]])
    func encoding(_ bytes: [UInt8]) {
        #expect(throws: LenientYAML.Failure.self) { try LenientYAML(bytes) }
    }
}
