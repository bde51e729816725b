import ArgumentParser
import RosterCompiler

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what a rule means, with an example and the mend.",
        discussion: "Without a rule, lists them all."
    )

    @OptionGroup var globals: GlobalOptions

    @Argument(help: "The rule's name, such as unknown-secret.", completion: .list(RuleCatalogue.all.map { $0.name }))
    var rule: String?

    func run() throws {
        let context = CommandContext.process
        guard let rule else { return try context.standardOutput.write(RuleReference.list) }
        guard let found = RuleCatalogue.rule(named: rule) else {
            let nearest = RuleReference.nearest(to: rule)
            throw CommandFailure.usage(
                "there is no rule \"\(rule)\"",
                help: nearest.map { "did you mean \($0)?" } ?? "list them: roster explain"
            )
        }
        try context.standardOutput.write(RuleReference.manual(of: found))
    }
}
