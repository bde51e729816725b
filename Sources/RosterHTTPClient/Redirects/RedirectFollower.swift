package import RosterModel

/// Sends requests of the method GET, and follows a few redirections.
///
/// A redirection never leads from TLS to plain text, nor to an address of a metadata service. Another server than the first
/// never receives `Authorization`.
package struct RedirectFollower: Sendable {
    /// The most redirections of one request.
    package static let limit = 3
    /// The most bytes that are read of the body of a redirection, so that its connection can be kept.
    private static let bodyLimit = 4096
    private static let statuses: Set<Int> = [301, 302, 303, 307, 308]

    private let sender: any HTTPSender

    package init(_ sender: any HTTPSender) { self.sender = sender }

    /// Sends a request, and the same one to where each response redirects.
    ///
    /// - Parameters:
    ///   - request: a request whose method is GET.
    ///   - timing: the times of each exchange; the total is that of all together.
    /// - Returns: the first response that does not redirect, and the server that sent it.
    /// - Throws: ``RedirectProblem``.
    package func get(
        _ request: HTTPRequest,
        timing: HTTPTiming
    ) async throws(RedirectProblem) -> (response: HTTPResponse, origin: Origin) {
        let clock = ContinuousClock()
        let start = clock.now
        var (request, timing) = (request, timing)
        let (first, total) = (request.origin, timing.total)
        for _ in 0...Self.limit {
            let origin = request.origin
            timing.total = total.map { max(.zero, $0 - (clock.now - start)) }
            let response: HTTPResponse
            do throws(HTTPFailure) { response = try await sender.send(request, timing: timing) } catch {
                throw RedirectProblem(.failed(error), origin)
            }
            guard Self.statuses.contains(response.status) else { return (response, origin) }
            _ = try? await response.body.whole(limit: Self.bodyLimit)
            guard let text = response.field("location"),
                let next = Location(text, relativeTo: origin, request.target)
            else { throw RedirectProblem(.malformed, origin) }
            guard Self.allows(next.origin, after: origin, from: first) else { throw RedirectProblem(.insecure, origin) }
            guard !next.origin.host.isForbidden else {
                throw RedirectProblem(.failed(.forbiddenAddress("\(next.origin.host)")), next.origin)
            }
            (request.origin, request.target) = (next.origin, next.target)
            // It is not added again, even if a later redirection leads back.
            if next.origin != first { request.fields.removeAll { $0.name.lowercased() == "authorization" } }
        }
        throw RedirectProblem(.tooMany, request.origin)
    }

    /// Returns whether a redirection keeps the protection that the first request had.
    private static func allows(_ next: Origin, after origin: Origin, from first: Origin) -> Bool {
        next.scheme == .https || origin.scheme == .http && (next.host.isLoopback || !first.host.isLoopback)
    }
}
