import RosterBytes
import RosterFleet
import RosterJSON
import RosterModel
import RosterPublication

extension PublishingRun {
    /// A publication that was signed.
    struct Report {
        var publication: SignedPublication
        var providers: Int
    }

    /// Prints the result; a destination that failed is an error, and `overtaken` when it is the only kind of failure.
    func report(_ report: Report?, _ targets: [PublishingTarget], _ overtaken: CommandFailure? = nil) throws {
        switch format {
        case .text: try printText(report, targets)
        case .json: try printJSON(report, targets)
        }
        try warn(targets)
        let failures = targets.compactMap(\.failure)
        guard !failures.isEmpty else { return }
        if let overtaken { throw overtaken }
        throw CommandFailure.impossible(failures.joined(separator: "; "))
    }

    /// Reports the destinations whose older publications could not be removed.
    private func warn(_ targets: [PublishingTarget]) throws {
        for target in targets {
            guard let problem = target.removalProblem else { continue }
            try warn("\(target.address) \(Self.describe(problem))")
        }
    }

    /// Returns what a failed removal of older publications leaves undone.
    private static func describe(_ removalProblem: SourceProblem) -> String {
        "keeps older publications: \(removalProblem.message)"
    }

    /// Writes a warning to standard error.
    func warn(_ message: String) throws {
        let message = PrintableText.escape(message, breakingCommands: context.isGitHubActions)
        try context.standardError.write("warning: \(CommandFailure.masked(message))\n")
    }

    private func printText(_ report: Report?, _ targets: [PublishingTarget]) throws {
        guard let report else {
            guard let statement = targets.first(where: { !$0.hasFailed })?.statement else { return }
            return try write("nothing new: \(options.channel) has this registry, \(Self.validity(of: statement))")
        }
        let statement = report.publication.statement
        let count = Self.count(report.providers)
        let commit = statement.commit.map { " at \(Self.short($0.id))" } ?? ""
        guard options.dryRun || targets.contains(where: { !$0.hasFailed }) else { return }
        let verb = options.dryRun ? "would publish" : "published"
        try write("\(verb) \(count)\(commit) as \(options.channel), \(Self.validity(of: statement))")
        for target in targets where !target.hasFailed { try write("  \(name(of: target, report))") }
    }

    /// Returns a number of providers as text.
    static func count(_ providers: Int) -> String { providers == 1 ? "1 provider" : "\(providers) providers" }

    private static func validity(of statement: Statement) -> String {
        "serial \(statement.serial), good until \(statement.expires.description.prefix(10))"
    }

    private func write(_ line: String) throws {
        try context.standardOutput.write(
            PrintableText.escape(line, breakingCommands: context.isGitHubActions) + "\n"
        )
    }

    /// Returns the name of a publication at a destination, with its digest.
    private func name(of target: PublishingTarget, _ report: Report) -> String {
        "\(target.address)@sha256:\(Digest.sha256(of: report.publication.manifest.span).hex)"
    }

    private func printJSON(_ report: Report?, _ targets: [PublishingTarget]) throws {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        json.object { json in
            json.name("channel")
            json.string(options.channel.description)
            let statement = report?.publication.statement ?? targets.first { !$0.hasFailed }?.statement
            json.name("publication")
            if let statement {
                json.object { json in
                    statement.writeClaims(&json)
                    json.name("providers")
                    json.integer(report?.providers)
                }
            } else {
                json.null()
            }
            json.name("destinations")
            json.array(of: targets) { target, json in
                json.object { json in
                    json.name("destination")
                    json.string(target.address.description)
                    json.name("result")
                    json.string(Self.label(of: target.outcome))
                    json.name("manifest")
                    json.string(report.map { "sha256:" + Digest.sha256(of: $0.publication.manifest.span).hex })
                    json.name("message")
                    json.string(Self.message(of: target))
                }
            }
        }
        json.endLine()
        try context.standardOutput.write(json.bytes)
    }

    private static func label(of outcome: PublishingTarget.Outcome) -> String {
        switch outcome {
        case .waiting: "not-written"
        case .published: "published"
        case .unchanged: "unchanged"
        case .failed, .unreadable: "failed"
        }
    }

    /// Returns the reason why a destination failed, or what is left undone there; nil for neither.
    private static func message(of target: PublishingTarget) -> String? {
        switch target.outcome {
        case .failed(let reason), .unreadable(let reason): reason
        case .waiting, .published, .unchanged: target.removalProblem.map(describe)
        }
    }
}

extension Statement {
    /// Writes the claims as members of an object.
    func writeClaims(_ json: inout JSONWriter) {
        json.name("serial")
        json.integer(serial.milliseconds)
        json.name("issued")
        json.string(issued.description)
        json.name("expires")
        json.string(expires.description)
        json.name("commit")
        json.string(commit?.id)
        json.name("digest")
        json.string("sha256:" + registry.digest.hex)
        json.name("size")
        json.integer(registry.size)
    }
}
