import Foundation
import RosterJSON
import RosterModel
import RosterRuntime
import RosterTestSupport
import Testing

@testable import RosterPages

/// Snippets of records with hostile texts, parsed and run in their own languages.
@Suite struct HostileSnippetTests {
    private struct Case {
        var provider: RegisteredProvider
        var snippets: [Snippet]

        func command(_ title: String) -> String? { snippets.first { $0.title == title }?.blocks.last?.text }

        func file(_ title: String) -> String? { snippets.first { $0.title == title }?.blocks.first?.text }
    }

    private static func cases(_ generator: inout SeededGenerator) throws -> [Case] {
        let all = try (0..<300).map { try SnippetRecords.random($0, &generator) }
            .map { Case(provider: $0, snippets: Snippet.all(for: $0)) }
        let cases = all.filter { !$0.snippets.isEmpty }
        // Some models cannot be part of a path.
        try #require(cases.count > 200, "\(cases.count)")
        return cases
    }

    @Test func reportsTheReasonForProvidersWithoutSnippets() throws {
        var generator = SeededGenerator()
        let providers = try (0..<300).map { try SnippetRecords.random($0, &generator) }
        let reasons = providers.filter { Snippet.all(for: $0).isEmpty }.map(SnippetProvider.problem)
        try #require(!reasons.isEmpty)
        for reason in reasons { #expect(!reason.isEmpty && !reason.hasSuffix(".") && !reason.contains("\n")) }
        let openAI = try #require(providers.first { $0.record.slug == .openai && !Snippet.all(for: $0).isEmpty })
        var record = openAI.record
        record.defaultModel = "a\u{1}"
        let provider = RegisteredProvider(record: record, project: openAI.project, secret: nil)
        #expect(Snippet.all(for: provider).isEmpty)
        #expect(SnippetProvider.problem(of: provider) == "the model, or another value, cannot be passed to a program")
    }

    // MARK: Shells

    /// Programs that only record their arguments, one command a line with a separator after each word.
    private static let functions = """
        record() { printf '%s\\037' "$@" >&3; printf '\\036' >&3; }
        roster() { record roster "$@"; while [ $# -gt 0 ] && [ "$1" != -- ]; do shift; done; shift; "$@"; }
        sh() { record sh "$@"; eval "$(cat)"; }
        curl() { record curl "$@"; case " $* " in *' -H @- '*) record input "$(cat)" ;; esac; }
        for name in aws python3 node litellm opencode; do eval "$name() { record $name \\"\\$@\\"; }"; done
        openssl() { printf abc; }

        """

    @Test("A shell runs nothing but the command of a snippet", arguments: ["/bin/sh", "/bin/bash"])
    func shellRunsOnlyTheCommand(shell: String) throws {
        var generator = SeededGenerator()
        let cases = try Self.cases(&generator)
        let folder = try ScratchFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/bin", withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/bin/cat", withDestinationPath: "/bin/cat")
        var script = Self.functions
        for (index, example) in cases.enumerated() {
            for snippet in example.snippets {
                script += "record '#' \(index) '\(snippet.title)'\n\(snippet.blocks.last?.text ?? "")\n"
            }
        }
        try folder.write("bin/script", script)
        var environment: [String: String?] = ["PATH": folder.path + "/bin", "LITELLM_MASTER_KEY": nil]
        for name in ProviderSlug.allCases.flatMap(\.facts.environment.keys) { environment["\(name)"] = "key-\(name)" }
        let run = try Tools.start(
            shell,
            ["-c", "ulimit -t 20; exec 3> bin/log; . bin/script"],
            in: folder.path,
            environment,
            Data()
        )
        #expect(run == ProgramRun(exitCode: 0, output: "", error: ""))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["bin"])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path + "/bin").sorted() == [
                "cat", "log", "script",
            ]
        )
        let calls = try folder.read("bin/log").split(separator: "\u{1e}").map {
            $0.split(separator: "\u{1f}", omittingEmptySubsequences: false).dropLast().map(String.init)
        }
        var position = 0
        for (index, example) in cases.enumerated() {
            for snippet in example.snippets {
                try #require(calls[position] == ["#", "\(index)", snippet.title])
                position += 1
                let end = calls[position...].firstIndex { $0[0] == "#" } ?? calls.endIndex
                try Self.check(Array(calls[position..<end]), snippet, example.provider)
                position = end
            }
        }
        #expect(position == calls.count)
    }

    private static func check(_ calls: [[String]], _ snippet: Snippet, _ provider: RegisteredProvider) throws {
        let (name, model) = (provider.name, provider.record.defaultModel)
        let prefix = ["LiteLLM", "opencode"].contains(snippet.title) ? ["--prefix", "--"] : ["--"]
        #expect(calls[0].starts(with: ["roster", "exec", name] + prefix))
        let program = Array(calls[0].dropFirst(3 + prefix.count))
        #expect(calls[1] == program)
        #expect(calls.count == 2 || snippet.title == "curl")
        switch snippet.title {
        case "roster exec", "Python": #expect(program == ["python3", "app.py"])
        case "TypeScript": #expect(program == ["node", "app.mts"])
        case "LiteLLM": #expect(program == ["litellm", "--config", "litellm.yaml", "--host", "127.0.0.1"])
        case "opencode": #expect(program == ["opencode", "--model", "roster-acme-\(provider.record.handle)/" + model])
        case "AWS CLI":
            #expect(program.dropLast() == ["aws", "bedrock-runtime", "converse", "--cli-input-json"])
            let request = try JSONReader.read(try #require(program.last)).object
            #expect(request?["modelId"] == .string(model))
        default: try checkCurl(Array(calls.dropFirst(2)), provider)
        }
    }

    private static func checkCurl(_ calls: [[String]], _ provider: RegisteredProvider) throws {
        let facts = provider.record.slug.facts
        var words = try #require(calls.first)[...]
        #expect(words.starts(with: ["curl", "-sS"]))
        words = words.dropFirst(2)
        if words.first == "-g" { words = words.dropFirst() }
        let url = words.popFirst()
        #expect(try url == provider.endpoint().chat.description)
        var expected = ["Content-Type: application/json"]
        expected += try provider.configuredHeaders().map { "\($0.name): \($0.value)" }
        if provider.record.isKeyed, let key = facts.environment.keys.first {
            var header = "Authorization: Bearer key-\(key)"
            if case .header(let name) = facts.authentication { header = "\(name): key-\(key)" }
            #expect(calls.dropFirst() == [["input", header]])
            expected.insert("@-", at: 0)
        } else {
            #expect(calls.count == 1)
        }
        let (data, option) = (words.popLast() ?? "", words.popLast())
        #expect(option == "-d")
        #expect(Array(words) == expected.flatMap { ["-H", $0] })
        let body = ChatBody.make(facts, model: provider.record.defaultModel, "Hello.", 1024)
        #expect(try JSONReader.read(data) == JSONReader.read(utf8: body))
    }

    // MARK: Other languages

    private struct Program: Decodable {
        var headers: [String: String]
        var rest: String
    }

    private static func peer(_ program: String, _ name: String, _ input: some Encodable) throws -> Data {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: name).path
        let tools = Tools(folder: "/", environment: ["NODE_PATH": "/usr/share/nodejs"])
        let run = try tools.tool([program, path], input: try JSONEncoder().encode(input))
        return Data(run.output.utf8)
    }

    private static func checkPrograms(_ programs: [Program], _ cases: [Case]) throws {
        try #require(programs.count == cases.count)
        for (program, example) in zip(programs, cases) {
            let config = example.provider.record.config
            var expected: [String: String] = [:]
            for header in config?["headers"]?.object?.members ?? [] { expected[header.name] = header.value.string }
            if let version = config?["version"]?.string { expected["anthropic-version"] = version }
            #expect(program.headers == expected)
        }
        // OpenAI with and without a base URL, for two APIs of Azure, Groq, ollama with and without a key, and three more.
        #expect(Set(programs.map(\.rest)).count <= 12)
    }

    @Test func typeScriptReadsTheSameHeaders() throws {
        var generator = SeededGenerator()
        let cases = try Self.cases(&generator)
        let found = try Self.peer("node", "snippet_peer.js", cases.compactMap { $0.file("TypeScript") })
        try Self.checkPrograms(try JSONDecoder().decode([Program].self, from: found), cases)
    }

    @Test func pythonAndReadersOfConfigurationsReadTheSameValues() throws {
        var generator = SeededGenerator()
        let cases = try Self.cases(&generator)
        let texts = [
            "python": cases.compactMap { $0.file("Python") }, "yaml": cases.compactMap { $0.file("LiteLLM") },
            "opencode": cases.compactMap { $0.file("opencode") },
        ]
        let output = try Self.peer("python3", "snippet_peer.py", texts)
        let found = try JSONReader.read(utf8: Array(output)).object
        struct Programs: Decodable { var python: [Program] }
        try Self.checkPrograms(try JSONDecoder().decode(Programs.self, from: output).python, cases)
        let liteLLM = cases.filter { $0.file("LiteLLM") != nil }
        for (example, document) in zip(liteLLM, found?["yaml"]?.array ?? []) {
            let deployments = document.object?["model_list"]?.array ?? []
            #expect(deployments.count == 1)
            #expect(deployments.first?.object?["model_name"] == .string(example.provider.name))
        }
        let openCode = cases.filter { $0.file("opencode") != nil }
        #expect(liteLLM.count > 100 && openCode.count > 100)
        for (example, document) in zip(openCode, found?["opencode"]?.array ?? []) {
            let record = example.provider.record
            let entry = document.object?["provider"]?.object?["roster-acme-\(record.handle)"]?.object
            #expect(entry?["name"] == .string(record.name))
            #expect(entry?["models"]?.object?.members.map(\.name) == [record.defaultModel])
        }
    }
}

extension JSONValue {
    fileprivate var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
}
