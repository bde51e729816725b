import Testing

@testable import RosterServer

@Suite("Links to files")
struct SourceLinkTemplateTests {
    @Test func fillsPlaceholders() throws {
        let template = try SourceLinkTemplate("https://git.example:8443/a/-/blob/{commit}/{path}?x={commit}#L{line}")
        #expect(
            template.url(commit: "abc", path: "reg istry/ü%/pro#?\"<v>.yaml", line: 7)
                == "https://git.example:8443/a/-/blob/abc/reg%20istry/%C3%BC%25/pro%23%3F%22%3Cv%3E.yaml?x=abc#L7"
        )
    }

    @Test(
        "Refuses what is not a template",
        arguments: [
            ("http://git.example/{commit}/{path}", "https"),
            ("javascript:alert(1)//{commit}{path}", "https"),
            ("https:///{commit}/{path}", "host"),
            ("https://user:word@git.example/{commit}/{path}", "host"),
            ("https://git.example:99999/{commit}/{path}", "host"),
            ("https://[::/{commit}/{path}", "host"),
            ("https://git.example/%zz/{commit}/{path}", "hex"),
            ("https://{commit}.example/{path}", "host"),
            ("https://git.example/{path}", "{commit}"),
            ("https://git.example/{commit}", "{path}"),
            ("https://git.example/{commit}/{path}/{branch}", "{branch}"),
            ("https://git.example/{commit}/{path}/{line", "{line"),
            ("https://git.example/{commit}/{path}/\"onclick=x", "\"\"\""),
            ("https://git.example/{commit}/{path}/ü", "ü"),
            ("https://git.example/{commit}/{path} x", "\" \""),
            ("https://git.example/{commit}/{path}/" + String(repeating: "x", count: 2_048), "longer"),
        ]
    )
    func refuses(text: String, reason: String) {
        #expect {
            _ = try SourceLinkTemplate(text)
        } throws: { error in
            (error as? SourceLinkTemplate.Refusal)?.message.contains(reason) == true
        }
    }
}
