import RosterModel
import YAMLSyntax

/// The file that a syntax rule reports in.
struct SyntaxContext {
    /// The parts of the file that must not be shown.
    let mask: KeyMask
    /// The shape of the file's root mapping.
    let shape: RecordShape
    /// The path, relative to the repository.
    let path: String
}

/// A rule about the YAML of a file.
protocol SyntaxRule: Rule {
    /// Reports a problem that the rule is about.
    static func check(
        _ problem: YAMLProblem,
        _ context: SyntaxContext,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    )
}

/// The rules about the YAML of a file.
package enum SyntaxRules {
    static let list: [any SyntaxRule.Type] = [
        YAMLSyntaxRule.self, DuplicateKey.self, MultipleDocuments.self, UnsupportedYAML.self, NestingTooDeep.self,
    ]

    /// The rules.
    package static var all: [any Rule.Type] { list }

    /// Reports the problems of a tree.
    static func check(_ tree: borrowing YAMLTree, shape: RecordShape, path: String, _ findings: inout Findings) {
        guard !tree.problems.isEmpty else { return }
        let context = SyntaxContext(mask: KeyMask(tree.source), shape: shape, path: path)
        for problem in tree.problems {
            for rule in list { rule.check(problem, context, in: tree, &findings) }
        }
    }
}
