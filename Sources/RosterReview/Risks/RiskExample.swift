import RosterCompiler
import RosterFrontend

/// Two states of a small repository: the common example of all rules, and the same after a change.
package struct RiskExample: Sendable {
    /// A step from one state to the next.
    package enum Edit: Sendable {
        /// Replaces a part of a file's text.
        case replace(String, String, with: String)
        /// Appends a text to a file.
        case append(String, String)
        case add(String, String)
        case delete(String)
        case move(String, to: String)
    }

    /// The additions to the common files in the base.
    package var given: [Edit]
    /// The change.
    package var edits: [Edit]

    init(given: [Edit] = [], _ edits: Edit...) {
        self.given = given
        self.edits = edits
    }

    /// Files of the base by path.
    package var base: [String: String] {
        Self.apply(given, to: Dictionary(uniqueKeysWithValues: RuleExample.common.map { ($0.path, $0.text) }))
    }

    /// Files of the head by path.
    package var head: [String: String] { Self.apply(edits, to: base) }

    private static func apply(_ edits: [Edit], to files: [String: String]) -> [String: String] {
        edits.reduce(into: files) { files, edit in
            switch edit {
            case .replace(let path, let old, let new): files[path] = files[path]?.replacing(old, with: new)
            case .append(let path, let text): files[path] = (files[path] ?? "") + text
            case .add(let path, let text): files[path] = text
            case .delete(let path): files[path] = nil
            case .move(let path, let other): files[other] = files.removeValue(forKey: path)
            }
        }
    }

    // The paths that examples change.
    static let provider = "providers/acme/gpt-4o.yaml"
    static let secret = "secrets/acme/openai-prod.yaml"
    static let roster = "roster.yaml"

    // Texts that several examples use.
    static let secondProvider = RuleExample.provider
        .replacing("aip_8QzKx0vT2mWb4NcR", with: "aip_2bNwY7cVx5KqR9sD")
    static let secondSecret = RuleExample.secret
        .replacing("sec_J8sPq2LmN4tRvX6z", with: "sec_Rt5Yh8Wn3Kd6Pq1Z").replacing("BBBB", with: "DDDD")
    static let actions = "[aiProviders:ListAiProviders, aiProviders:GetAiProvider]"
    /// The `access` section: one policy, and one token that has it.
    static let access = String(
        RuleExample.access(policies: RuleExample.readerPolicy, tokens: RuleExample.readerToken)
            .dropFirst(RuleExample.roster.count)
    )
    static let withAccess = Edit.append(roster, access)
    static let withLabs = Edit.replace(
        roster,
        "sealingKeys:",
        with: "  labs:\n    id: proj_9kLmN2oPqR5sT8uV\n    name: Labs\nsealingKeys:"
    )
    static let withBaseURL = Edit.append(provider, "baseUrl: https://api.openai.com/v1\n")
}

extension RiskExample {
    /// The change as a few lines of a diff.
    package var lines: [String] { edits.flatMap(\.lines) }
}

extension RiskExample.Edit {
    fileprivate var lines: [String] {
        func marked(_ mark: String, _ text: String) -> [String] {
            text.split(separator: "\n").prefix(12).map { line in
                mark + (line.count > 80 ? line.prefix(60) + "…" : line)
            }
        }
        switch self {
        case .replace(let path, let old, let new): return ["# \(path)"] + marked("- ", old) + marked("+ ", new)
        case .append(let path, let text): return ["# \(path)"] + marked("+ ", text)
        case .add(let path, let text): return ["# \(path) is added"] + marked("+ ", text)
        case .delete(let path): return ["# \(path) is deleted"]
        case .move(let path, let other): return ["# \(path) becomes \(other)"]
        }
    }
}
