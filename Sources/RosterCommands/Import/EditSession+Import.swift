import RosterBridges
import RosterDiagnostics
import RosterEditing
import RosterJSON
import RosterModel

extension EditSession {
    /// Returns the planner of an import.
    func planner(_ draft: ImportDraft, _ options: ImportOptions) throws -> ImportPlanner {
        try ImportPlanner(draft, in: editor, project: options.project, today: context.today, bedrock: .accepted)
    }

    /// Seals the known keys of an import, and plans its edit.
    func plan(
        _ planner: inout ImportPlanner,
        sealing source: ImportSource,
        _ values: borrowing ImportVariables,
        _ options: ImportOptions
    ) async throws -> ImportPlan {
        do {
            return try await planner.plan(sealing: source, values) { try await recipients(options.sealing) }
        } catch let failure as EditFailure where !failure.diagnostics.isEmpty {
            try context.standardError.write(text(of: failure.diagnostics))
            throw failure
        } catch let failure as SealingFailure {
            throw CommandFailure(failure)
        }
    }

    /// Writes a plan, and prints the findings, the commands to go on with and a summary.
    func finish(
        _ plan: ImportPlan,
        findings: [ImportFinding],
        _ options: ImportOptions,
        _ format: ListFormat
    ) throws {
        let isRefused = options.strict && findings.contains { $0.kind == .refused }
        if let edit = plan.edit, !options.dryRun, !isRefused { try write(edit) }
        try warnOfUnlockedMemory()
        switch format {
        case .json: try print { plan.write(findings, isWritten: !options.dryRun && !isRefused, to: &$0) }
        case .text: try printText(plan, findings, options)
        }
        if isRefused {
            throw CommandFailure(
                exitCode: 1,
                message: "nothing was written: a value is refused",
                help: "leave --strict out"
            )
        }
        try noteSummary(plan, options)
    }

    private func printText(_ plan: ImportPlan, _ findings: [ImportFinding], _ options: ImportOptions) throws {
        let rows = findings.map { finding in
            [finding.kind.rawValue, "\(finding.file):\(finding.line):\(finding.column)", finding.path, finding.message]
        }
        for line in TextTable.lines(rows) { try printLine(line) }
        if options.dryRun, let edit = plan.edit {
            try context.standardOutput.write("\n" + printableDiff(edit.shownPatch))
        }
        let commands = plan.secrets.compactMap { secret in
            if case .pending(let command) = secret.state { command } else { nil }
        }
        guard !commands.isEmpty else { return }
        try context.standardOutput.write("\n")
        for command in commands { try printLine(command) }
    }

    private func noteSummary(_ plan: ImportPlan, _ options: ImportOptions) throws {
        let new = plan.providers.filter(\.isNew).count
        let sealed = plan.secrets.filter { $0.state == .sealed }
        let pending = plan.secrets.count { if case .pending = $0.state { true } else { false } }
        if let edit = plan.edit {
            let counts = "\(counted(new, "provider")) and \(counted(sealed.count, "secret"))"
            try note(options.dryRun ? "this would create \(counts)" : "created \(counts); review and commit them")
            if !options.dryRun { for line in sealed.flatMap(\.lines) { try note(line) } }
            let others = edit.newDiagnostics.filter { $0.severity != .error }
            if !options.dryRun, !others.isEmpty {
                try note("check reports now:")
                try context.standardError.write("\n" + text(of: others))
            }
        } else {
            let isEmpty = plan.providers.isEmpty
            try note(
                isEmpty
                    ? "nothing to do: no provider of this file can be taken"
                    : "nothing to do: the project has \(counted(plan.providers.count, "provider")) of this file already"
            )
        }
        if pending > 0 {
            try note(
                "\(counted(pending, "key")) \(pending == 1 ? "is" : "are") not sealed yet: run the last lines above"
            )
        }
    }
}

extension ImportPlan {
    /// Writes the result as JSON.
    fileprivate func write(_ findings: [ImportFinding], isWritten: Bool, to json: inout JSONWriter) {
        json.object { json in
            json.name("written")
            json.boolean(isWritten && edit != nil)
            json.name("providers")
            json.array(of: providers) { provider, json in
                json.object { json in
                    json.name("handle")
                    json.string(provider.fullName)
                    json.name("names")
                    json.strings(provider.names.map(ShownText.mask))
                    json.name("created")
                    json.boolean(provider.isNew)
                }
            }
            json.name("secrets")
            json.array(of: secrets) { $0.write(to: &$1) }
            json.name("findings")
            json.array(of: findings) { $0.write(to: &$1) }
            json.name("patch")
            if let edit { json.string(edit.shownPatch) } else { json.null() }
        }
    }
}

extension ImportedSecret {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.name("handle")
            json.string(fullName)
            json.name("state")
            switch state {
            case .existing: json.string("existing")
            case .sealed: json.string("sealed")
            case .pending(let command):
                json.string("pending")
                json.name("command")
                json.string(command)
            }
        }
    }
}

extension ImportFinding {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            for (name, text) in [("kind", kind.rawValue), ("file", file)] {
                json.name(escaping: name)
                json.string(text)
            }
            json.name("line")
            json.integer(line)
            json.name("column")
            json.integer(column)
            for (name, text) in [("path", path), ("message", message)] {
                json.name(escaping: name)
                json.string(text)
            }
        }
    }
}
