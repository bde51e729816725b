package import RosterCompiler
import RosterDiagnostics
package import RosterModel

/// A registry that is read again for each request, since the client may have changed its files a moment ago.
package struct LiveRegistry: Sendable {
    private let source: any RegistrySource
    private let token: String?
    private let concurrency: Int
    private let now: @Sendable () -> Timestamp
    private let words: @Sendable (any Error) -> String
    private let diagnose: @Sendable () async throws -> Diagnosis
    private var last: Snapshot?

    /// Creates the registry of a source.
    ///
    /// With `token` the client has that token's rights. Without one the client is a user who has the files, and may do
    /// everything, as on the command line. `words` describes the error with which the source cannot be read, and
    /// `diagnose` returns the problems of its files.
    package init(
        _ source: any RegistrySource,
        token: String?,
        concurrency: Int,
        now: @escaping @Sendable () -> Timestamp,
        words: @escaping @Sendable (any Error) -> String,
        diagnose: @escaping @Sendable () async throws -> Diagnosis
    ) {
        (self.source, self.token, self.concurrency) = (source, token, concurrency)
        (self.now, self.words, self.diagnose) = (now, words, diagnose)
    }

    /// Returns the problems of the files, for a client that may know all of them.
    ///
    /// - Throws: ``Problem`` for a token that may not list every provider, as those that are added later.
    mutating func diagnosis() async throws(Problem) -> Diagnosis {
        if token != nil {
            let (caller, _) = try await current()
            guard caller.view.mayListEverything else { throw .forbidden("the token may not list every provider") }
        }
        do {
            return try await diagnose()
        } catch {
            throw .unreadable(words(error))
        }
    }

    /// Returns the current state of the files and the rights of the client.
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
        // The policies may be among the broken parts, so it is unknown how much of them a token may see.
        case .broken(let broken): throw .broken(token == nil ? broken.diagnostics : [])
        case .refused(_, let message): throw .unreadable(message)
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

    /// Files with errors are not a registry; the errors are returned, so that they can be fixed.
    fileprivate static func broken(_ diagnostics: [Diagnostic]) -> Problem {
        var problem = unreadable("the working tree has errors that roster check shows; fix the files first")
        problem.diagnostics = diagnostics
        return problem
    }
}
