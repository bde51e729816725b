import RosterCompiler

/// The manual of the risk rules, as text for a terminal and as a page of the manual.
package enum RiskReference {
    /// Every rule with its risk and summary, the most severe first.
    package static var list: String {
        let width = RiskCatalogue.all.map { $0.name.count }.max() ?? 0
        let rows = RiskCatalogue.all.map { rule in
            let name = rule.name + String(repeating: " ", count: width - rule.name.count)
            let risk = rule.risk.name + String(repeating: " ", count: 8 - rule.risk.name.count)
            return "  \(name)  \(risk)  \(rule.summary)\n"
        }
        return "Changes (roster diff)\n" + rows.joined()
    }

    /// Returns one rule's manual for a terminal.
    package static func manual(of rule: any RiskRule.Type) -> String {
        """
        \(rule.name) (\(rule.risk.name)): \(rule.summary)

        \(TextWrap.lines(rule.explanation, width: 80).joined(separator: "\n"))

        For example:

        \(rule.example.lines.map { "    \($0)\n" }.joined())
        """
    }

    /// The reference as Markdown.
    package static var markdown: String {
        var page = """
            # Risks

            Every rule of `roster diff`, with an example of a change. `roster explain <rule>` prints the same.

            A row of a review has the highest risk of its rules. Rules have no exceptions and cannot be suppressed: a reviewer \
            approves the changes that are intended.

            """
        for risk in Risk.allCases.reversed() {
            let name = risk.name.prefix(1).uppercased() + risk.name.dropFirst()
            page += "\n## \(name)\n"
            for rule in RiskCatalogue.all where rule.risk == risk {
                page += """

                    ### \(rule.name)

                    \(rule.summary)

                    \(rule.explanation)

                    ```diff
                    \(rule.example.lines.joined(separator: "\n"))
                    ```

                    """
            }
        }
        return page
    }
}
