import RosterJSON
import RosterModel
import Testing

@testable import RosterReview

/// Formats with little room: their contents, and the rows that they report as omitted.
@Suite("Room for high risks in every format")
struct RenderingRoomTests {
    private static let redirected = Change(
        kind: .provider,
        action: .changed,
        id: "aip_8QzKx0vT2mWb4NcR",
        handle: "acme/zz",
        reasons: [KeyDestinationChanged.reason("the key acme/k would go to https://evil.example:443")],
        fields: [Change.Field(path: "baseUrl", before: nil, after: .string("https://evil.example/v1"))],
        path: "providers/acme/zz.yaml",
        line: 6
    )

    private func guarded(_ path: String) -> Change { GuardedFile(path: path, action: .added).row }

    private func token(_ number: Int, name: String = "token") -> Change {
        Change(
            kind: .token,
            action: .added,
            id: "key_\(number)",
            handle: "\(name) \(number)",
            reasons: [AccessWidened.reason("it may now GetAiProvider on acme/gpt-4o")],
            path: "roster.yaml",
            line: number
        )
    }

    private func deleted(_ number: Int) -> Change {
        Change(
            kind: .provider,
            action: .deleted,
            id: "aip_\(number)",
            handle: "acme/p\(number)",
            reasons: [ProviderDeleted.reason("programs that use it stop working")],
            path: "providers/acme/p\(number).yaml"
        )
    }

    private func review(_ changes: [Change], newErrors: Int = 0) -> Review {
        Review(
            base: Review.Side(),
            head: Review.Side(errors: newErrors),
            newErrors: newErrors,
            changes: changes.sorted(by: Change.isOrderedBefore)
        )
    }

    @Test("No number or name of files displaces a redirected key", arguments: [1, 2, 700, 3_000])
    func manyFiles(count: Int) {
        let names = [
            String(repeating: "|`\u{202E}é", count: 60), String(repeating: "a/", count: 400), "f", "a b\nc",
        ]
        let files = (0..<count).map { guarded(".github/\(names[$0 % names.count])/\($0)") }
        let review = review(files + [Self.redirected, guarded("secrets/acme/.gitattributes")])
        for format in ReviewFormat.allCases {
            let rendering = review.rendering(as: format)
            #expect(rendering.text.contains("evil.example"), "\(format)")
            #expect(rendering.text.contains("secrets/acme/.gitattributes"), "\(format)")
            #expect(!rendering.omitsHighRisk)
        }
        #expect(review.rendering(as: .markdown).text.utf8.count <= ReviewMarkdownRenderer.limit)
        // People see one row; programs get a change for each file.
        #expect(review.rows.count == 2)
        #expect(review.rows[1].reasons[0].text.hasPrefix("\(count + 1) files decide how changes are reviewed"))
        #expect(review.changes.count == count + 2)
        #expect(review.changes.first == Self.redirected)
    }

    @Test("No number of high rows displaces a redirected key, and the omitted ones are counted")
    func manyTokens() {
        let review = review((0..<5_000).map { token($0) } + (0..<900).map(deleted) + [Self.redirected])
        let markdown = review.rendering(as: .markdown)
        #expect(markdown.text.utf8.count <= ReviewMarkdownRenderer.limit)
        #expect(markdown.text.contains("evil.example") && markdown.omitsHighRisk)
        let (critical, high) = (markdown.omitted[.critical] ?? 0, markdown.omitted[.high] ?? 0)
        #expect(critical > 1_000 && high == 900)
        #expect(markdown.text.contains("**\(critical) critical and \(high) high changes are left out here, so "))
        #expect(markdown.text.contains("\(critical + high) changes left out here, the highest risk critical"))
        let github = review.rendering(as: .github)
        #expect(github.text.contains("evil.example") && github.omitsHighRisk)
        #expect(github.text.split(separator: "\n").count { $0.hasPrefix("::error") } == 10)
        #expect(review.rendering(as: .text).text.contains("evil.example"))
        #expect(!review.rendering(as: .text).omitsHighRisk && !review.rendering(as: .json).omitsHighRisk)
    }

    @Test("If more than ten errors are annotated, the last one lists the others")
    func annotations() {
        let review = review((0..<40).map(deleted) + [Self.redirected])
        let github = review.rendering(as: .github)
        let errors = github.text.split(separator: "\n").filter { $0.hasPrefix("::error") }
        #expect(errors.count == 10 && errors[0].contains("evil.example"))
        for number in 0..<40 { #expect(github.text.contains("acme/p\(number)")) }
        #expect(github.omitted.isEmpty && errors[9].contains("32 more changes: 32 high"))
    }

    @Test("A row is bounded, and fields that control keys come first")
    func largeRow() {
        var large = Self.redirected
        let long = String(repeating: "|", count: 5_000)
        large.fields =
            (0..<500).map { Change.Field(path: "config.k\($0)", before: nil, after: .string(long)) } + large.fields
        large.reasons.append(SuppressionAdded.reason(String(repeating: "` ", count: 50_000)))
        let review = review([large] + (0..<20).map(deleted))
        let markdown = review.rendering(as: .markdown)
        #expect(
            markdown.text.contains("`baseUrl` none → `https://evil.example/v1`")
                || markdown.text.contains("`https://evil.example/v1`")
        )
        #expect(markdown.text.contains("acme/p19") && markdown.omitted.isEmpty)
        #expect(review.rendering(as: .github).text.contains("baseUrl: none → https://evil.example/v1"))
    }

    @Test("A row that does not fit does not end the list")
    func continues() {
        // Many rows of medium risk with long values, followed by short ones.
        var changes: [Change] = []
        for number in 0..<600 {
            var change = deleted(number)
            change.action = .changed
            change.reasons = [ConfigChanged.reason(String(repeating: "é", count: number < 590 ? 4_000 : 1))]
            changes.append(change)
        }
        let markdown = review(changes).rendering(as: .markdown)
        #expect(markdown.text.contains("acme/p590`") && !markdown.omitted.isEmpty && !markdown.omitsHighRisk)
        #expect(markdown.text.utf8.count > 50_000)
    }

    @Test("Errors of the head are in every verdict", arguments: [[], [redirected]])
    func errors(changes: [Change]) {
        let review = review(changes, newErrors: 3)
        #expect(review.rendering(as: .text).text.contains("3 new errors in the head\n"))
        let markdown = review.rendering(as: .markdown).text
        #expect(!markdown.contains("no changes to review") && markdown.contains("3 new errors in the head"))
        #expect(review.rendering(as: .github).text.contains("::error title=roster::the head has 3 new errors"))
        #expect(review.rendering(as: .json).text.contains("\"new\": 3"))
        #expect(self.review(changes).rendering(as: .text).text.contains("error") == false)
    }
}
