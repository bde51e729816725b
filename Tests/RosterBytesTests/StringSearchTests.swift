import Foundation
import RosterBytes
import Testing

/// The search for text in text, compared with Foundation's search of literal text.
@Suite("Search for text")
struct StringSearchTests {
    @Test func findsWhatFoundationFinds() {
        var generator = SystemRandomNumberGenerator()
        func text(_ lengths: ClosedRange<Int>) -> String {
            String(
                (0..<Int.random(in: lengths, using: &generator)).map { _ in
                    "ab\u{E9}/".randomElement(using: &generator) ?? "a"
                }
            )
        }
        for _ in 0..<5_000 {
            let (whole, part, other) = (text(0...12), text(1...3), text(0...2))
            #expect(whole.firstRange(of: part) == whole.range(of: part, options: .literal), "\(whole) \(part)")
            #expect(whole.contains(part) == (whole.range(of: part, options: .literal) != nil))
            let replaced = whole.replacingOccurrences(of: part, with: other, options: .literal)
            #expect(whole.replacing(part, with: other) == replaced, "\(whole) \(part) \(other)")
            let rest = whole.dropFirst(2)
            #expect(rest.firstRange(of: part) == rest.range(of: part, options: .literal), "\(rest) \(part)")
        }
    }

    @Test func findsEmptyTextAtStart() {
        #expect("ab".contains("") && "".contains("") && !"".contains("a"))
        #expect("ab".firstRange(of: "").map { "ab"[$0] } == "")
        #expect("ab".replacing("", with: "x") == "ab")
    }

    @Test func comparesBytesNotCharacters() {
        #expect("a\r\nb".contains("\n") && "e\u{301}".contains("e"))
        #expect(!"e\u{301}".contains("\u{E9}"))
    }

    @Test(arguments: [("a-b", true), ("a", true), ("", false), ("a/b", false), ("\u{E9}", false)])
    func acceptsNames(name: String, isName: Bool) { #expect(name.isName(with: "-") == isName) }
}
