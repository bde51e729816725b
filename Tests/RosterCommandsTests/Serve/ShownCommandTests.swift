import Foundation
import RosterBytes
import RosterTestSupport
import Testing

/// The commands on the page of a provider change it as they are shown.
@Suite("Commands on the pages")
struct ShownCommandTests {
    /// Returns the commands of a page, each once.
    private func commands(_ page: String) throws -> [String] {
        let start = try #require(page.range(of: "<section id=change>"))
        let section = page[start.upperBound...].prefix(
            upTo: page[start.upperBound...].range(of: "</section>")?.lowerBound ?? page.endIndex
        )
        return section.matches(of: /<pre tabindex=0>(roster [^<]*)<\/pre>/).map { match in
            match.output.1.replacing("&#39;", with: "'").replacing("&#34;", with: "\"").replacing("&lt;", with: "<")
                .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        }
    }

    /// Returns the words of a command without escapes.
    private func words(_ command: String) -> [String] {
        var (words, isQuoted) = ([""], false)
        for character in command {
            switch character {
            case "'": isQuoted.toggle()
            case " " where !isQuoted: words.append("")
            default: words[words.count - 1].append(character)
            }
        }
        return Array(words.dropFirst())
    }

    @Test func changeTheExampleWithoutErrors() async throws {
        let repository = try ServedRepository(isOpen: true)
        let server = try await RunningServer(repository.folder.path)
        var count = 0
        for path in try ServedRepository.files(isOpen: true).map(\.path) where path.hasPrefix("providers/") {
            let name = String(path.dropFirst("providers/".count).dropLast(".yaml".count))
            for query in ["", "?model=some-model"] {
                let commands = try commands(try await server.request("GET", "/p/\(name)\(query)").text)
                #expect(commands.count == (commands.contains { $0.hasPrefix("roster secret") } ? 7 : 6), "\(commands)")
                for command in query.isEmpty ? commands : Array(commands.prefix(1)) {
                    let changed = try ServedRepository(isOpen: true)
                    let isJSON = name.contains("bedrock")
                    let value =
                        isJSON
                        ? #"{"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secretAccessKey": "abc"}"# : "sk-abcdefghijklmnop"
                    let program = changed.program
                    let run = try await program.run(words(command), input: Data(value.utf8))
                    #expect(run.exitCode == 0, "\(command): \(run.error)")
                    let check = try await program.run("check")
                    #expect(check.exitCode == 0, "\(command): \(check.output)")
                    count += 1
                }
            }
        }
        #expect(count > 70)
    }

    @Test(
        "A template that cannot be used stops the server at its start",
        arguments: [
            ("http://git.example/{commit}/{path}", "https"), ("https://git.example/{path}", "it has no {commit}"),
            ("https://git.example/{commit}/{file}", "{file} is not one of"),
        ]
    )
    func template(text: String, reason: String) async throws {
        let repository = try ServedRepository(isOpen: true)
        let run = try await repository.program.run("serve", "--port", "0", "--source-url", text)
        #expect(run.exitCode == 64 && run.error.contains("--source-url cannot be used: "))
        #expect(
            run.error.contains(reason) && run.error.contains("https://github.com/acme/registry/blob/{commit}/{path}")
        )
    }

    @Test func linksFileAndReadsHistoryOfServedRepository() async throws {
        let repository = try ServedRepository(isOpen: true)
        try repository.commit("All of it")
        let template = "https://git.example/{commit}/{path}#L{line}"
        let server = try await RunningServer(repository.folder.path, ["--source-url", template])
        let head = try repository.head()
        try await server.until("the history is read", "/p/acme/claude") { $0.text.contains("All of it") }
        let page = try await server.request("GET", "/p/acme/claude").text
        #expect(page.contains("href=\"https://git.example/\(head)/providers/acme/claude.yaml#L2\""))
    }
}
