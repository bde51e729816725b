import RosterBytes
import RosterEditing
import RosterJSON
import RosterModel
import RosterRuntime
import RosterWorkspace
import SealedBoxes

// The environment of a program that uses one provider or several.

extension RuntimeSession {
    /// A reason why a provider cannot be used.
    typealias Failure = (provider: String, failure: CommandFailure)

    /// The providers of one program.
    struct Selection {
        /// The providers that can be used as far as their files show it.
        let plan: SharedEnvironment
        /// The providers that cannot be used.
        let failures: [Failure]
    }

    /// Returns the providers that options name, with the names of their variables.
    func select(_ options: ProviderSetOptions) throws -> Selection {
        var failures: [Failure] = []
        var chosen: [RegisteredProvider] = []
        var prefixes: [String: VariablePrefix] = [:]
        var seen: Set<String> = []
        for named in options.named {
            do {
                let provider = try provider(named.target)
                if let prefix = named.prefix, let other = prefixes.updateValue(prefix, forKey: provider.name) {
                    throw CommandFailure.usage("\(provider.name) has two prefixes: \(other.text) and \(prefix.text)")
                }
                if seen.insert(provider.name).inserted { chosen.append(provider) }
            } catch let failure as CommandFailure { failures.append((named.target, failure)) }
        }
        for provider in options.all ? try all(in: options.project, &failures) : [] where !seen.contains(provider.name) {
            if provider.isAmbient, !options.ambient {
                try note("\(provider.name) is left out: it uses the host's own AWS identity: --ambient")
            } else {
                chosen.append(provider)
            }
        }
        if chosen.isEmpty { try report(failures) }
        guard options.hasPrefixes else {
            return Selection(plan: SharedEnvironment(chosen, isFirstWinning: options.firstWins), failures: failures)
        }
        do throws(SharedEnvironment.Conflict) {
            let plan = try SharedEnvironment(chosen.map { ($0, prefixes[$0.name] ?? VariablePrefix($0.name)) })
            return Selection(plan: plan, failures: failures)
        } catch { throw CommandFailure(error) }
    }

    /// Returns all providers, or those of a project, and adds those that cannot be used to the failures.
    private func all(in project: String?, _ failures: inout [Failure]) throws -> [RegisteredProvider] {
        let found: [RegisteredProvider]
        do {
            found = try providers.all(in: project) { name in
                do { return try provider(name) } catch let failure as CommandFailure {
                    failures.append((name, failure))
                    return nil
                }
            }
        } catch let failure as EditFailure { throw CommandFailure(failure) }
        guard found.isEmpty, failures.isEmpty else { return found }
        throw CommandFailure.impossible(
            project.map { "the project \"\($0)\" has no provider" } ?? "there is no provider"
        )
    }

    /// Opens the secrets of all providers with the identities that are found.
    func open(_ selection: Selection) throws -> SharedEnvironment.Opened {
        let plan = selection.plan
        let hasSecret = plan.members.contains { $0.provider.secret != nil }
        context.process.harden()
        for (name, rival) in plan.leftOut { try note("note: \(name) is left out: \(rival) has its variables") }
        do {
            let identities: ProviderIdentities
            if hasSecret {
                identities = ProviderIdentities(try identitySources.load(for: plan.keys))
            } else {
                identities = ProviderIdentities()
            }
            let opened = try plan.open(identities, variables: context.variables)
            try report(selection.failures + opened.failures.map { ($0.provider, CommandFailure($0.failure)) })
            if let conflict = opened.conflict { throw CommandFailure(conflict) }
            if hasSecret { try warnOfUnlockedMemory() }
            for (name, text) in opened.notes {
                try note("note: \(plan.members.count > 1 ? "\(name): " : "")\(text)")
            }
            return opened
        } catch let failure as ProviderFailure {
            throw CommandFailure(failure)
        } catch let problem as IdentitySources.Problem { throw CommandFailure(problem) }
    }

    /// Refuses providers whose hosts have addresses to which nothing is sent.
    ///
    /// A name that does not resolve here is left to the program, which may know a proxy that resolves it.
    func checkAddresses(_ opened: borrowing SharedEnvironment.Opened) async throws {
        let origins = opened.origins
        let forbidden = try await client().forbidden(among: Array(origins.keys))
        let failures = forbidden.flatMap { origin, failure in
            (origins[origin] ?? []).map { ($0, CommandFailure(failure)) }
        }
        try report(failures.sorted { $0.0 < $1.0 })
    }

    /// Reports every failure when there are several, and throws; does nothing when there is none.
    func report(_ failures: [Failure]) throws {
        guard let first = failures.first?.failure else { return }
        guard failures.count > 1 else { throw first }
        for (provider, failure) in failures {
            var failure = failure
            failure.message = failure.message.map { $0.contains(provider) ? $0 : "\(provider): \($0)" }
            failure.report(in: context)
        }
        throw CommandFailure.impossible("\(failures.count) providers cannot be used, and nothing was done")
    }

    // MARK: - Printing

    /// Prints variables with their values, without secrets; `providers` is nil for one object in JSON.
    func show(_ environment: borrowing ExecEnvironment, of providers: [String]?, _ format: ListFormat) throws {
        let variables = environment.variables
        guard format == .json else {
            for variable in variables { try printLine("\(variable.name)=\(variable.shown)") }
            return
        }
        try show(variables.map { ($0.provider, $0.name, $0.shown) }, of: providers)
    }

    /// Prints variables in JSON; a value that is nil is left out.
    func show(_ variables: [(provider: String, name: String, value: String?)], of providers: [String]?) throws {
        let variables = Dictionary(grouping: variables, by: \.provider)
        func add(_ provider: String, to json: inout JSONWriter) {
            json.object { json in
                json.name("handle")
                json.string(provider)
                json.name("variables")
                json.array(of: variables[provider] ?? []) { variable, json in
                    json.object { json in
                        json.name("name")
                        json.string(variable.name)
                        guard let value = variable.value else { return }
                        json.name("value")
                        json.string(value)
                    }
                }
            }
        }
        try print { json in
            guard let providers else { return add(variables.keys.first ?? "", to: &json) }
            json.array(of: providers) { provider, json in add(provider, to: &json) }
        }
    }
}

extension CommandFailure {
    /// Creates the failure of providers that cannot be used together.
    init(_ conflict: SharedEnvironment.Conflict) {
        switch conflict {
        case .variable(let name, let providers):
            self = .usage(
                "\(providers.joined(separator: " and ")) need different values of \(name)",
                help: "give each separate variables: --prefix; or leave the second one out: --first-wins"
            )
        case .prefix(let prefix, let providers):
            self = .usage(
                "the variables of \(providers.joined(separator: " and ")) have the same prefix \(prefix.text)",
                help: "choose a different one: --prefix NAME=\(providers[1])"
            )
        }
    }
}
