import ArgumentParser
import RosterCompiler
import RosterFrontend
import RosterReview
import RosterEditing

struct ExplainCommand: RosterSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a rule, with an example and its fix.",
        discussion: "Without a rule, lists them all."
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: "The rule's name, such as unknown-secret.", completion: .list(Self.names))
    var rule: String?

    func run(_ context: CommandContext) async throws {
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
        let nearest = NearestName.find(rule, among: Self.names)
        throw CommandFailure.usage(
            "there is no rule \(ShownText.argument(rule))" + (nearest.map { ": did you mean \"\($0)\"?" } ?? ""),
            help: nearest.map { "roster explain \($0)" } ?? "list them: roster explain"
        )
    }

    /// The rules of `check`, then those of `diff`.
    private static var names: [String] { RuleCatalogue.all.map { $0.name } + RiskCatalogue.all.map { $0.name } }
}
