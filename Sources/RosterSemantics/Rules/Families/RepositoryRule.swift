import RosterFrontend

/// A rule about the records of a whole repository.
protocol RepositoryRule: Rule {
    /// Checks a repository.
    static func check(_ context: RepositoryContext, _ findings: inout Findings)
}

/// A repository with its broken links explained: the input of the rules about it.
struct RepositoryContext {
    /// The repository.
    let repository: LinkedRepository
    /// The links that resolve to no secret, with what they probably mean.
    let brokenLinks: [(link: UnresolvedLink, advice: LinkAdvice)]
}
