import Foundation
import Testing

/// The names of tests in SECURITY.md.
@Suite("The security policy")
struct SecurityPolicyTests {
    private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("Every guarantee names tests that exist")
    func promisesNameTests() throws {
        let page = try String(contentsOf: Self.top.appending(path: "SECURITY.md"), encoding: .utf8)
        let start = try #require(page.range(of: "<!-- promises -->\n"))
        let end = try #require(page.range(of: "<!-- end of promises -->"))
        let lines = page[start.upperBound..<end.lowerBound].split(separator: "\n")
        let rows = lines.filter { $0.hasPrefix("| ") }.dropFirst(2)
        #expect(rows.count >= 20)
        let suites = try Self.suites()
        for row in rows {
            let cells = row.split(separator: "|", omittingEmptySubsequences: true)
            let names = try #require(cells.last).split(separator: "`").filter { $0.first?.isUppercase == true }
            #expect(cells.count == 2 && !names.isEmpty, "the promise has no test: \(row)")
            for name in names {
                let parts = name.split(separator: "/", maxSplits: 1)
                let tests = suites[String(parts[0])]
                #expect(tests != nil, "SECURITY.md names the suite \(parts[0]), which does not exist")
                if parts.count == 2 {
                    let exists = tests?.contains(String(parts[1])) == true
                    #expect(exists, "SECURITY.md names \(name), which does not exist")
                }
            }
        }
    }

    /// Returns the names of the functions of each suite, by the name of its type.
    private static func suites() throws -> [String: Set<String>] {
        var suites: [String: Set<String>] = [:]
        let folder = top.appending(path: "Tests").path
        for case let path as String in try #require(FileManager.default.enumerator(atPath: folder))
        where path.hasSuffix(".swift") {
            let text = try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
            let functions = text.matches(of: /func (\w+)/).map { String($0.1) }
            for suite in text.matches(of: /(?:struct|class|actor|enum|extension) (\w+)/) {
                suites[String(suite.1), default: []].formUnion(functions)
            }
        }
        return suites
    }
}
