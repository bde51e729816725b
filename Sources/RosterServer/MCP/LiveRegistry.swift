import RosterDiagnostics
package import RosterModel

/// A registry that is read anew for each question, since whoever asks may have changed its files a moment ago.
package struct LiveRegistry: Sendable {
    private let source: any RegistrySource
    private let token: String?
    private let concurrency: Int
    private let now: @Sendable () -> Timestamp
    private let words: @Sendable (any Error) -> String
    private var last: Snapshot?

    /// Makes the registry of a source.
    ///
    /// With `token` it is asked with that token's rights. Without one it is asked by whoever has the files, who may do
    /// everything, as on the command line. `words` says what keeps the source from being read.
    package init(
        _ source: any RegistrySource,
        token: String?,
        concurrency: Int,
        now: @escaping @Sendable () -> Timestamp,
        words: @escaping @Sendable (any Error) -> String
    ) {
        (self.source, self.token, self.concurrency) = (source, token, concurrency)
        (self.now, self.words) = (now, words)
    }

    /// The state of the files now, and who asks.
    mutating func current() async throws(Problem) -> (Caller, Snapshot) {
        let snapshot = try await load()
        last = snapshot
        guard let token else {
            return (Caller(view: AccessView(openTo: snapshot.registry), tokenID: nil, hasFiles: true), snapshot)
        }
        guard let caller = snapshot.access.caller(.one("Bearer " + token), today: CalendarDate(of: now())) else {
            var problem = Problem.unauthorized
            problem.detail = "the token in ROSTER_TOKEN is unknown or has expired"
            throw problem
        }
        return (caller, snapshot)
    }

    private func load() async throws(Problem) -> Snapshot {
        let outcome: LoadOutcome
        do {
            outcome = try await source.load(changed: nil)
        } catch {
            throw .unreadable(words(error))
        }
        switch outcome {
        case .loaded(let loaded):
            return await Snapshot.prepare(loaded, at: now(), previous: last, concurrency: concurrency)
        // Policies are among what is broken, so nobody can say how much of it a token may see.
        case .broken(let broken): throw .broken(token == nil ? broken.diagnostics : [])
        case .same:
            guard let last else { throw .unreadable("the working tree cannot be read") }
            return last
        }
    }
}

extension Problem {
    fileprivate static func unreadable(_ detail: String) -> Problem {
        Problem(503, "not-ready", "There is no registry", detail)
    }

    /// Files that have errors are no registry; which they are is told, so that they can be fixed.
    fileprivate static func broken(_ diagnostics: [Diagnostic]) -> Problem {
        var problem = unreadable("the working tree has errors that roster check shows; fix the files first")
        problem.diagnostics = diagnostics
        return problem
    }
}
