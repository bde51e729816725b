import RosterEditing
import Testing

@Suite("Edits of secrets, keys and links")
struct SecretDocumentTests {
    private let contents = SecretDocument.Contents(
        name: "OpenAI: production",
        allowedHosts: ["api.openai.com", "[::1]:8080"],
        generation: 2,
        fingerprint: "01020304050607080910111213141516",
        rotateBy: nil,
        boxes: [.init(key: "rk_a", box: "QUJD"), .init(key: "rk_b", box: "REVG")]
    )

    @Test("A new file quotes text that YAML would read as another type")
    func make() {
        let text = String(decoding: SecretDocument.make(id: "sec_1", contents), as: UTF8.self)
        #expect(
            text == """
                # yaml-language-server: $schema=../../schema/secret.schema.json
                id: sec_1
                name: "OpenAI: production"
                allowedHosts: [api.openai.com, "[::1]:8080"]
                generation: 2
                fingerprint: "01020304050607080910111213141516"
                boxes:
                  - key: rk_a
                    box: QUJD
                  - key: rk_b
                    box: REVG

                """
        )
    }

    @Test("Changes only the edited fields, in every layout")
    func edit() throws {
        var contents = contents
        contents.name = "acme"
        contents.allowedHosts = ["a.com"]
        for (before, after) in [
            (
                "# top\nid: sec_1\nname: acme # label\nallowedHosts:\n  - a.com # one\ngeneration: 1 # gen\nfingerprint: ab\nboxes: # them\n  # first\n  - key: rk_a # k\n    box: OLD # b\n  - {key: rk_b, box: OLD2}\n# end",
                "# top\nid: sec_1\nname: acme # label\nallowedHosts:\n  - a.com # one\ngeneration: 2 # gen\nfingerprint: \"01020304050607080910111213141516\"\nboxes: # them\n  # first\n  - key: rk_a # k\n    box: QUJD # b\n  - {key: rk_b, box: REVG}\n# end"
            ),
            (
                "{id: sec_1, name: acme, allowedHosts: [b.com], generation: 1, fingerprint: 'ab', boxes: [{key: rk_z, box: OLD}]}\r\n",
                "{id: sec_1, name: acme, allowedHosts: [a.com], generation: 2, fingerprint: '01020304050607080910111213141516', boxes: [{key: rk_a, box: QUJD}, {key: rk_b, box: REVG}]}\r\n"
            ),
            (
                "boxes:\r\n- key: rk_z\r\n  box: OLD\r\n\r\nid: sec_1\r\nname: m\r\nallowedHosts:\r\n- b.com\r\ngeneration: 1\r\nfingerprint: ab\r\n",
                "boxes:\r\n- key: rk_a\r\n  box: QUJD\r\n- key: rk_b\r\n  box: REVG\r\n\r\nid: sec_1\r\nname: acme\r\nallowedHosts:\r\n- a.com\r\ngeneration: 2\r\nfingerprint: \"01020304050607080910111213141516\"\r\n"
            ),
        ] {
            let edited = try SecretDocument.edit(Array(before.utf8), to: contents)
            #expect(String(decoding: edited, as: UTF8.self) == after)
            #expect(try SecretDocument.edit(edited, to: contents) == edited, "an edit done twice is done once")
        }
    }

    @Test("Inserts a date to rotate by after the fingerprint, or replaces the old one")
    func rotateBy() throws {
        var contents = contents
        (contents.name, contents.allowedHosts, contents.boxes) = ("n", ["a.com"], [.init(key: "k", box: "b")])
        contents.rotateBy = "2027-01-31"
        let head =
            "id: i\nname: n\nallowedHosts: [a.com]\ngeneration: 2\nfingerprint: \"01020304050607080910111213141516\" # f\n"
        let tail = "boxes: [{key: k, box: b}]\n"
        for middle in ["", "rotateBy: 2026-01-01\n", "rotateBy:\n"] {
            let edited = try SecretDocument.edit(Array((head + middle + tail).utf8), to: contents)
            #expect(String(decoding: edited, as: UTF8.self) == head + "rotateBy: 2027-01-31\n" + tail)
        }
    }

    @Test(
        "A sealing key is added at the end of the list, wherever and however that is written",
        arguments: [
            (
                "roster: 1\nprojects:\n  a: {id: p, name: n} # x\naccess: {}\n",
                "roster: 1\nprojects:\n  a: {id: p, name: n} # x\nsealingKeys:\n  - id: rk_1\n    publicKey: PK=\n    name: \"a: b\"\naccess: {}\n"
            ),
            (
                "roster: 1\nprojects: {}\nsealingKeys:\n- id: rk_0\n  name: old # last\n\n# end\n",
                "roster: 1\nprojects: {}\nsealingKeys:\n- id: rk_0\n  name: old # last\n- id: rk_1\n  publicKey: PK=\n  name: \"a: b\"\n\n# end\n"
            ),
            (
                "roster: 1\nprojects: {}\nsealingKeys: [{id: rk_0}]",
                "roster: 1\nprojects: {}\nsealingKeys: [{id: rk_0}, {id: rk_1, publicKey: PK=, name: \"a: b\"}]"
            ),
            (
                "roster: 1\nprojects: {}\nsealingKeys: []\n",
                "roster: 1\nprojects: {}\nsealingKeys:\n  - id: rk_1\n    publicKey: PK=\n    name: \"a: b\"\n"
            ),
        ]
    )
    func addKey(before: String, after: String) throws {
        let edited = try SealingKeyDocument.add(id: "rk_1", publicKey: "PK=", name: "a: b", to: Array(before.utf8))
        #expect(String(decoding: edited, as: UTF8.self) == after)
    }

    @Test("Retires a key without moving it")
    func retire() throws {
        for (before, after) in [
            (
                "sealingKeys:\n  - id: rk_0\n    name: n # x\n  - id: rk_1\n",
                "sealingKeys:\n  - id: rk_0\n    name: n # x\n    retired: true\n  - id: rk_1\n"
            ),
            ("sealingKeys: [{id: rk_0}]\n", "sealingKeys: [{id: rk_0, retired: true}]\n"),
            ("sealingKeys:\n- id: rk_0\n  retired: false # no\n", "sealingKeys:\n- id: rk_0\n  retired: true # no\n"),
        ] {
            let edited = try SealingKeyDocument.retire("rk_0", in: Array(before.utf8))
            #expect(String(decoding: edited, as: UTF8.self) == after)
        }
        #expect(throws: EditedDocument.Problem.missing("rk_9")) {
            try SealingKeyDocument.retire("rk_9", in: Array("sealingKeys: []".utf8))
        }
    }

    @Test("Refuses to edit a file that cannot be read")
    func unreadable() {
        for text in ["", "- a", "a: [", "a: 1\na: 2", "a: &x 1"] {
            #expect(throws: EditedDocument.Problem.unreadable) {
                try ProviderDocument.link(secret: "s", in: Array(text.utf8))
            }
        }
    }
}
