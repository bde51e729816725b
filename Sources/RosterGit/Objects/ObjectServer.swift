import RosterSources
import Subprocess
import Synchronization

/// Two processes of git that answer for objects until the server is released: starting one takes longer than a
/// hundred answers.
final class ObjectServer: Sendable {
    private struct Query: Sendable {
        var kind: String
        var requests: [ObjectReader.Request]
        var reply: CheckedContinuation<[ObjectReader.Object], any Error>
    }

    private let queries: AsyncStream<Query>.Continuation
    /// Trees that were listed, by their ids: two revisions share most of theirs.
    let trees = Mutex<[String: TreeObject.Listing]>([:])

    init(git: GitProgram) {
        let (stream, continuation) = AsyncStream.makeStream(of: Query.self)
        queries = continuation
        Task.detached { await Self.serve(stream, git) }
    }

    deinit { queries.finish() }

    /// The objects asked for, in their order.
    func read(_ kind: String, _ requests: [ObjectReader.Request]) async throws -> [ObjectReader.Object] {
        try await withCheckedThrowingContinuation { reply in
            queries.yield(Query(kind: kind, requests: requests, reply: reply))
        }
    }

    private static func serve(_ queries: AsyncStream<Query>, _ git: GitProgram) async {
        var failure: any Error = GitError.malformedAnswer(command: "cat-file")
        var unanswered: Query?
        do {
            try await git.stream(["cat-file", "--batch-check"]) { asking, told in
                try await git.stream(["cat-file", "--batch"]) { ordering, given in
                    for await query in queries {
                        unanswered = query
                        let headers = try await ObjectReader.headers(of: query.requests, asking, &told)
                        var objects: [ObjectReader.Object] = []
                        objects.reserveCapacity(headers.count)
                        try await ObjectReader.contents(
                            query.kind,
                            query.requests,
                            headers,
                            ordering,
                            &given
                        ) { objects.append($1) }
                        unanswered = nil
                        query.reply.resume(returning: objects)
                    }
                    try await ordering.finish()
                }
                try await asking.finish()
            }
        } catch {
            // Only when a process has ended its reason is known.
            failure = error
            unanswered?.reply.resume(throwing: error)
        }
        for await query in queries { query.reply.resume(throwing: failure) }
    }
}
