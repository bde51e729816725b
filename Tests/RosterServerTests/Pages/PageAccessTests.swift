import Foundation
import RosterTestSupport
import Testing

@testable import RosterServer

/// Pages show what REST shows, for random policies.
///
/// One thing is on pages and not in REST: callers who may list a provider of a project see the facts of its secrets, as by
/// the tool that lists secrets.
@Suite("Pages with random policies")
struct PageAccessTests {
    /// A provider as the administrator sees it.
    private struct Record {
        var handle: String
        var id: String
        var name: String
        var model: String
        var host: String

        var project: String { String(handle.prefix { $0 != "/" }) }

        /// The texts of a page that shows the provider.
        var marks: [String] { [">\(handle)<", "/p/\(handle)\"", id, ">\(name)<", ">\(model)<", host] }
    }

    private let access: RandomAccess
    private let records: [Record]

    init() async throws {
        var random = SeededGenerator(test: "PageAccessTests")
        access = try await RandomAccess(tokens: 200, &random)
        let all = try await access.server.request(
            "GET",
            ServedExample.list + "?include=handle,endpoint",
            token: access.admin
        )
        records = try all.list.map { members in
            let endpoint = try #require(members["endpoint"] as? [String: Any])
            let host = try #require(endpoint["host"] as? String)
            return Record(
                handle: try #require(members["handle"] as? String),
                id: try #require(members["id"] as? String),
                name: try #require(members["name"] as? String),
                model: try #require(members["defaultModel"] as? String),
                host: host.replacing(":443", with: "")
            )
        }
        try #require(records.count == 11)
    }

    /// Returns the local links of a page.
    private static func links(_ text: String, at path: String) -> [String] {
        text.split(separator: "href=").dropFirst().compactMap { part in
            let isQuoted = part.hasPrefix("\"")
            let link = isQuoted ? part.dropFirst().prefix { $0 != "\"" } : part.prefix { $0 != " " && $0 != ">" }
            let target = link.replacing("&amp;", with: "&")
            if target.hasPrefix("?") { return String(path.prefix { $0 != "?" }) + target }
            return target.hasPrefix("/") ? String(target) : nil
        }
    }

    /// Returns every page that links lead to, and the pages of all records, with their texts.
    private func crawl(_ token: RandomAccess.Token) async throws -> [String: HTTPAnswer] {
        var pages: [String: HTTPAnswer] = [:]
        var targets = ["/", "/status.html"] + records.map { "/p/\($0.handle)" }
        targets += records.flatMap { ["/?host=\($0.host)", "/?project=\($0.project)", "/?q=\($0.handle)"] }
        while let target = targets.popLast() {
            guard pages[target] == nil, !target.hasPrefix("/assets/"), !target.hasPrefix("/api/") else { continue }
            // No request suspends, and the servers of other tests have to run as well.
            await Task.yield()
            let answer = try await access.server.request("GET", target, token: token.text)
            pages[target] = answer
            // Sorted lists have the links of the others.
            targets += Self.links(answer.text, at: target).filter { !$0.contains("sort=") || target == "/" }
        }
        return pages
    }

    @Test func showsWhatRESTShows() async throws {
        var (shown, hidden) = (0, 0)
        for token in access.tokens {
            let pages = try await crawl(token)
            let listed = records.filter { token.may("ListAiProviders", $0.handle) }
            let readable = records.filter { token.may("GetAiProvider", $0.handle) }
            let visible = Set((listed + readable).map(\.handle))
            let all = pages.values.map(\.text)
            for record in records where !visible.contains(record.handle) {
                hidden += 1
                let shared = records.filter { visible.contains($0.handle) }.flatMap(\.marks)
                for mark in record.marks where !shared.contains(mark) {
                    // A page repeats the parameters of its request.
                    let found = pages.filter { target, answer in
                        answer.text.contains(mark)
                            && ![record.host, record.handle].contains { target.hasSuffix("=" + $0) }
                    }
                    #expect(found.isEmpty, "\(mark) on \(found.keys.sorted()) for \(token)")
                }
            }
            for record in records {
                let page = try #require(pages["/p/\(record.handle)"])
                #expect(page.status == (readable.contains { $0.handle == record.handle } ? 200 : 404))
            }
            let list = try #require(pages["/"]).text
            #expect(listed.allSatisfy { list.contains(">\($0.name)<") })
            #expect(all.allSatisfy { !$0.contains("sk_") })
            shown += listed.count
            try expectSecrets(pages, token, projects: Set(listed.map(\.project)))
        }
        #expect(shown > 200 && hidden > 200, "\(shown) \(hidden)")
    }

    /// Checks that the facts of a secret are shown only to those who may list a provider of its project.
    private func expectSecrets(
        _ pages: [String: HTTPAnswer],
        _ token: RandomAccess.Token,
        projects: Set<String>
    ) throws {
        let secrets = [("acme", ["openai-prod", "OpenAI, production"]), ("labs", ["labs/google", "labs/groq"])]
        for (project, names) in secrets where !projects.contains(project) {
            for page in pages where names.contains(where: { page.value.text.contains($0) }) {
                // Their text is part of no other record.
                Issue.record("a secret of \(project) on \(page.key) for \(token)")
            }
        }
    }

    @Test func hiddenProvidersAreLikeMissingOnes() async throws {
        for token in access.tokens {
            let missing = try await access.server.request("GET", "/p/acme/nothing", token: token.text)
            for record in records where !token.may("GetAiProvider", record.handle) {
                let answer = try await access.server.request("GET", "/p/\(record.handle)", token: token.text)
                #expect(answer.status == 404 && answer.text == missing.text)
            }
        }
    }
}
