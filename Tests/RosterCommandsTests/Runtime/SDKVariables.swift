import Foundation
import RosterTestSupport
import Testing

/// The environment variables that the installed SDKs of the vendors read, found in their sources.
struct SDKVariables: Decodable {
    /// The source locations of each name, in which `*` is any text.
    var variables: [String: [String]]
    /// Source locations whose variable name could not be resolved.
    var unresolved: [String]
    /// The versions of the distributions.
    var packages: [String: String]

    /// The SDKs.
    static let distributions = [
        "openai", "anthropic", "google-genai", "groq", "xai-sdk", "ollama", "boto3", "botocore",
    ]

    /// The variables of the installed SDKs.
    static let installed = Result { try SDKVariables(of: distributions) }

    /// Enumerates the variables of distributions and of their dependencies.
    init(of distributions: [String], path: String? = nil) throws {
        var program = RosterProgram(folder: "/")
        program.environment = ["PYTHONPATH": path]
        let run = try program.start("python3", [RecordingServer.script("sdk_variables.py")] + distributions)
        try #require(run.exitCode == 0, "\(run.error)")
        self = try JSONDecoder().decode(SDKVariables.self, from: Data(run.output.utf8))
    }

    /// The names, with an example for `*`.
    var names: [String] {
        variables.keys.sorted().map { $0.replacing("*", with: $0 == "*_proxy" ? "http" : "BEDROCK_RUNTIME") }
    }
}

/// Variables that are passed on although an SDK reads them.
struct HarmlessVariables {
    /// The reason for each name, in which `*` at the end is any text.
    let reasons: [String: String]

    /// Reads `harmless_variables.txt`.
    init() throws {
        let text = try String(contentsOfFile: RecordingServer.script("harmless_variables.txt"), encoding: .utf8)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        reasons = try Dictionary(
            lines.map { line in
                let parts = line.split(separator: " ", maxSplits: 1)
                try #require(parts.count == 2, "\(line)")
                return (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Returns whether a name is on the list.
    func contains(_ name: String) -> Bool {
        reasons.keys.contains { $0.hasSuffix("*") ? name.hasPrefix($0.dropLast()) : name == $0 }
    }
}
