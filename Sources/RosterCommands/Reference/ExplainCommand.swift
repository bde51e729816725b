import ArgumentParser
import RosterCompiler
import RosterEditing
import RosterFrontend
import RosterJSON
import RosterReview

struct ExplainCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a rule, with an example and its fix.",
        discussion: "Without a rule, lists them all."
    )
    static let examples = ["roster explain unknown-secret", "roster explain --json"]

    @OptionGroup var globals: GlobalOptions

    @Argument(help: "The rule's name, such as unknown-secret.", completion: .list(Self.names))
    var rule: String?

    @OptionGroup var output: ListFormatOptions

    func run(_ context: CommandContext) async throws {
        guard output.format == .text else { return try context.standardOutput.write(try json()) }
        guard let rule else {
            return try context.standardOutput.write(
                "\(RuleReference.list)\n\(RiskReference.list)\nFor one of them: roster explain <rule>\n"
            )
        }
        if let found = RuleCatalogue.rule(named: rule) {
            return try context.standardOutput.write(RuleReference.manual(of: found))
        }
        if let found = RiskCatalogue.rule(named: rule) {
            return try context.standardOutput.write(RiskReference.manual(of: found))
        }
        throw unknown(rule)
    }

    private func json() throws -> [UInt8] {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        if let rule {
            if let found = RuleCatalogue.rule(named: rule) {
                json.explanation(of: found)
            } else if let found = RiskCatalogue.rule(named: rule) {
                json.explanation(of: found)
            } else {
                throw unknown(rule)
            }
        } else {
            json.array { json in
                for rule in RuleCatalogue.all { json.row(of: rule) }
                for rule in RiskCatalogue.all { json.row(of: rule) }
            }
        }
        json.endLine()
        return json.bytes
    }

    private func unknown(_ rule: String) -> CommandFailure {
        let nearest = NearestName.find(rule, among: Self.names)
        return .usage(
            "there is no rule \(ShownText.argument(rule))" + (nearest.map { ": did you mean \"\($0)\"?" } ?? ""),
            help: nearest.map { "roster explain \($0)" } ?? "list them: roster explain"
        )
    }

    /// The rules of `check`, then those of `diff`.
    private static var names: [String] { RuleCatalogue.all.map { $0.name } + RiskCatalogue.all.map { $0.name } }
}
