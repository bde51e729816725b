/// A rule about the bytes of a file.
protocol TextRule: Rule {
    /// Reports a problem that the rule is about.
    static func check(_ problem: TextScan.Problem, _ findings: inout Findings)
}

/// The rules about the text of a file, valid YAML or not.
package enum TextRules {
    static let list: [any TextRule.Type] = [InvalidEncoding.self, HiddenCharacter.self]

    /// The rules.
    package static var all: [any Rule.Type] { list + [PlaintextKey.self, PrivateKeyInRepository.self] }

    /// Reports the problems of a scan.
    static func check(_ problems: [TextScan.Problem], _ findings: inout Findings) {
        for problem in problems {
            for rule in list { rule.check(problem, &findings) }
        }
    }
}
