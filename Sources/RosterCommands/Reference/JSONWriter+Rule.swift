import RosterDiagnostics
import RosterFrontend
import RosterJSON
import RosterReview

extension JSONWriter {
    /// Writes a rule of `check` as an element of a list.
    mutating func row(of rule: any Rule.Type) {
        element()
        object { $0.members(of: rule) }
    }

    /// Writes a rule of `diff` as an element of a list.
    mutating func row(of rule: any RiskRule.Type) {
        element()
        object { $0.members(of: rule) }
    }

    /// Writes a rule of `check` with its explanation and its examples.
    mutating func explanation(of rule: any Rule.Type) {
        object { json in
            json.members(of: rule)
            json.name("explanation")
            json.string(rule.explanation)
            json.name("refused")
            json.files(rule.failing)
            json.name("fixed")
            json.files(rule.passing)
        }
    }

    /// Writes a rule of `diff` with its explanation and the lines of its example.
    mutating func explanation(of rule: any RiskRule.Type) {
        object { json in
            json.members(of: rule)
            json.name("explanation")
            json.string(rule.explanation)
            json.name("example")
            json.strings(rule.example.lines)
        }
    }

    private mutating func members(of rule: any Rule.Type) {
        member("name", rule.name)
        member("command", "check")
        member("severity", rule.severity.rawValue)
        member("summary", rule.summary)
    }

    private mutating func members(of rule: any RiskRule.Type) {
        member("name", rule.name)
        member("command", "diff")
        member("risk", rule.risk.name)
        member("summary", rule.summary)
    }

    private mutating func member(_ name: StaticString, _ text: String) {
        self.name(name)
        string(text)
    }

    private mutating func files(_ example: RuleExample) {
        array(of: example.files) { file, json in
            json.object { json in
                json.member("path", file.path)
                json.member("text", file.text)
            }
        }
    }
}
