package import RosterModel
package import SealedBoxes

/// The providers of one program, and the names of the variables of each.
///
/// Variables that an SDK reads together belong to one provider: the key of one provider with the base URL of another
/// would be sent to the wrong server. Two providers whose SDKs have a variable in common therefore need the same value
/// of each of their variables, present or absent.
package struct SharedEnvironment {
    /// A provider, and the names of its variables.
    package struct Member: Sendable {
        /// The provider.
        package let provider: RegisteredProvider
        /// The names of its variables.
        package let form: VariableForm
        /// The first named provider that has variables in common with it; nil when there is none.
        fileprivate let rival: String?
    }

    /// The providers, in the order of their variables.
    package private(set) var members: [Member] = []
    /// The names of providers that have no variables because others have the same ones, each with the other's name.
    package private(set) var leftOut: [(name: String, rival: String)] = []

    /// The reason why providers cannot be used together.
    package enum Conflict: Error, Hashable, Sendable {
        /// Two providers need different values of a variable.
        case variable(name: String, providers: [String])
        /// Two providers have the same prefix.
        case prefix(VariablePrefix, providers: [String])
    }

    /// Creates the plan of providers that use the variables of SDKs.
    ///
    /// - Parameters:
    ///   - providers: the providers, each once.
    ///   - isFirstWinning: true to leave a provider out whose variables an earlier one has.
    package init(_ providers: [RegisteredProvider], isFirstWinning: Bool) {
        var owners: [(names: Set<String>, provider: RegisteredProvider)] = []
        for provider in providers {
            let names = Self.names(of: provider)
            let rival = owners.first { !$0.names.isDisjoint(with: names) }?.provider.name
            if rival == nil { owners.append((names, provider)) }
            if let rival, isFirstWinning {
                leftOut.append((provider.name, rival))
                continue
            }
            let isIdentified = providers.count == 1 || isFirstWinning && members.isEmpty
            let compatible = provider.record.slug.facts.environment.compatibleClient
            let isFree = !providers.contains { other in
                compatible.map { Self.names(of: other).contains($0.key.description) } ?? false
            }
            let form = VariableForm.own(isIdentified: isIdentified, hasCompatibleClient: isFree)
            members.append(Member(provider: provider, form: form, rival: rival))
        }
    }

    /// Creates the plan of providers whose variables have prefixes.
    ///
    /// - Throws: ``Conflict`` when two prefixes are equal.
    package init(_ providers: [(provider: RegisteredProvider, prefix: VariablePrefix)]) throws(Conflict) {
        let named = providers.map { (name: $0.provider.name, prefix: $0.prefix) }
        if let (first, second) = VariablePrefix.collision(among: named) {
            let prefix = named.first { $0.name == first }?.prefix ?? VariablePrefix(first)
            throw .prefix(prefix, providers: [first, second])
        }
        members = providers.map { Member(provider: $0.provider, form: .prefixed($0.prefix), rival: nil) }
    }

    private static func names(of provider: RegisteredProvider) -> Set<String> {
        Set(provider.record.slug.facts.environment.names.map(\.description))
    }
}

// MARK: - Opening

extension SharedEnvironment {
    /// The environment of a program, with keys.
    package struct Opened: ~Copyable {
        /// The variables.
        package fileprivate(set) var environment: ExecEnvironment
        /// The origins of requests, and the providers that send them there, by their names.
        package fileprivate(set) var origins: [Origin: [String]] = [:]
        /// Sentences about SDKs that need more than the variables, by the names of their providers.
        package fileprivate(set) var notes: [(provider: String, text: String)] = []
        /// The providers that cannot be used, with the reasons.
        package fileprivate(set) var failures: [(provider: String, failure: ProviderFailure)] = []
        /// The first conflict between two providers; nil when there is none.
        package fileprivate(set) var conflict: Conflict?
    }

    /// The ids of the sealing keys that open the providers' secrets.
    package var keys: [String] {
        var seen: Set<String> = []
        return members.flatMap { $0.provider.secret?.boxes.map(\.key.description) ?? [] }
            .filter { seen.insert($0).inserted }
    }

    /// Opens the secrets of all providers, and returns the environment of a program that uses them.
    ///
    /// The environment is usable only when there are neither failures nor a conflict.
    ///
    /// - Throws: ``ProviderFailure`` when there is no memory for keys.
    package func open(
        _ identities: borrowing ProviderIdentities,
        variables: EnvironmentVariables
    ) throws(ProviderFailure) -> Opened {
        var opened = Opened(environment: try ExecEnvironment(InheritedVariables(origins: [])))
        for member in members {
            let name = member.provider.name
            do throws(ProviderFailure) {
                let endpoint = try member.provider.open(identities, variables: variables)
                let environment = try endpoint.environment(member.form)
                opened.origins[endpoint.origin, default: []].append(name)
                if case .own = member.form, let note = endpoint.baseURLNote { opened.notes.append((name, note)) }
                if let rival = member.rival,
                    let variable = opened.environment.difference(of: rival, from: environment)
                {
                    opened.conflict = opened.conflict ?? .variable(name: variable, providers: [rival, name])
                }
                try opened.environment.append(environment)
            } catch { opened.failures.append((name, error)) }
        }
        return opened
    }
}

extension ProviderClient {
    /// Returns the origins to whose addresses nothing is sent, with the reasons.
    ///
    /// A name that does not resolve is not among them.
    package func forbidden(among origins: [Origin]) async -> [Origin: ProviderFailure] {
        await withTaskGroup(of: (Origin, ProviderFailure?).self) { group in
            var found: [Origin: ProviderFailure] = [:]
            for (index, origin) in origins.enumerated() {
                // A lookup that waits for others would exceed its time limit.
                if index >= PingSurvey.width, let (origin, failure) = await group.next() { found[origin] = failure }
                group.addTask {
                    do throws(ProviderFailure) {
                        _ = try await checkAddresses(of: origin)
                        return (origin, nil)
                    } catch { return (origin, error) }
                }
            }
            for await (origin, failure) in group { found[origin] = failure }
            return found
        }
    }
}
