import NIOHTTP1
import RosterModel
import RosterPages
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The form of the sign-in page")
struct SignInFormTests {
    private static let type = "application/x-www-form-urlencoded"

    private func form(_ body: String?, type: [String] = [type]) throws(Problem) -> SignInForm {
        try SignInForm(Request.made(.POST, "/sign-in", type.map { ("Content-Type", $0) }, body: body))
    }

    private func status(_ body: String?, type: [String] = [type]) -> Int {
        do throws(Problem) {
            _ = try form(body, type: type)
            return 200
        } catch {
            return error.status
        }
    }

    @Test func readsTheTokenAndThePath() throws {
        let form = try form("token=sk_a-b_c&to=%2Fp%2Facme%2Fclaude%3Fmodel%3Dx")
        #expect(form.token == "sk_a-b_c" && form.destination.text == "/p/acme/claude?model=x")
        #expect(try self.form("token=x").destination == .list && self.form("to=/a&token=x").destination.text == "/a")
        #expect(try self.form("token=%20sk_x%0A+").token == "sk_x", "pasted text has spaces around it")
        #expect(try self.form("token=").token.isEmpty)
    }

    @Test(
        arguments: [
            nil, "", "to=/", "tokens=x", "token=x&token=x", "token=x&token=", "token=x&to=/&to=/", "token=x&other=1",
            "token=%", "token=%zz", "token=%FF", "token=%C0%80", "token=x&to=%ED%A0%80", "TOKEN=x", "{\"token\":\"x\"}",
            "token=x;to=/", "token=\(String(repeating: "a", count: 4096))",
        ] as [String?]
    )
    func refusesAnotherBody(_ body: String?) {
        #expect(status(body) == (body == "token=x;to=/" ? 200 : 400))
    }

    @Test(
        arguments: [
            ([type], 200), (["Application/X-WWW-Form-Urlencoded; charset=UTF-8"], 200), ([], 415),
            (["text/plain"], 415),
            (["multipart/form-data; boundary=x"], 415), (["application/json"], 415), ([type, type], 415),
            ([type + "x"], 415),
            (["text/plain; \(type)"], 415),
        ] as [([String], Int)]
    )
    func readsFormsOnly(_ type: [String], _ expected: Int) { #expect(status("token=x", type: type) == expected) }

    @Test(arguments: [
        "/", "/p/acme/claude", "/?q=a%20b&page=2", "/%2F/x", "/a//b", "/%5Cevil.example", "/.//x", "/status.html#found",
        "/p/%C3%A4",
    ])
    func acceptsALocalPath(_ text: String) { #expect(SignInForm.destination(text).text == text) }

    @Test(arguments: [
        "", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/a\\b",
        "https://evil.example/",
        "https:evil.example", "javascript:alert(1)", "data:text/html,x", "evil.example", "./x", "?q=1", "#x", " /",
        "/ x",
        "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r\nSet-Cookie: a=b", "/\u{0}", "/\u{7F}",
        "/\u{85}",
        "/\u{2028}", "/ä", "/\u{FF0F}evil.example", "/sign-in", "/sign-out", "/sign-in?to=/x",
        "/" + String(repeating: "a", count: 2048),
    ])
    func refusesAnotherDestination(_ text: String) { #expect(SignInForm.destination(text) == .list) }

    @Test func encodesWhatURLsDoNotContain() {
        #expect(PageURL(local: "/?q=a|b\"<c>{d}%20^`'")?.text == "/?q=a%7Cb%22%3Cc%3E%7Bd%7D%20%5E%60'")
    }

    @Test func leadsToTheListInsteadOfAnotherHost() throws {
        for to in [
            "%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%09%2Fevil.example", "https%3A%2F%2Fevil.example", "",
        ] {
            #expect(try form("token=x&to=" + to).destination == .list, "\(to)")
        }
    }

    @Test func neverLeadsToAnotherHost() throws {
        var numbers = SeededGenerator()
        let pieces = [
            "/", "\\", ".", "..", "%2F", "%5c", "\t", "\n", "@", ":", "evil.example", "https:", "?", "#", " ", "ä",
        ]
        for _ in 0..<3000 {
            let length = Int.random(in: 0..<7, using: &numbers)
            let text = (0..<length).compactMap { _ in pieces.randomElement(using: &numbers) }.joined()
            guard let path = PageURL(local: text) else { continue }
            // The algorithm of the URL standard: a slash or backslash after the first would start a host.
            #expect(path.text.hasPrefix("/") && !path.text.hasPrefix("//") && !path.text.contains("\\"))
            #expect(path.text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }, "\(path)")
        }
    }
}
