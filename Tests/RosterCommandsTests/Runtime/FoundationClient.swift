import Foundation
import FoundationNetworking
import RosterRuntime
import Synchronization

/// Foundation's HTTP client as an example of another client; it follows no redirects.
final class FoundationClient: NSObject, URLSessionDataDelegate {
    private typealias Answer = CheckedContinuation<ProviderAnswer, any Error>

    private struct State {
        var body: [UInt8] = []
        var waiting: Answer?
    }

    private let state = Mutex(State())

    static func send(_ request: ProviderRequest) async throws -> ProviderAnswer {
        guard let url = URL(string: request.url), let host = url.host,
            request.goes(to: host, port: url.port ?? (url.scheme == "https" ? 443 : 80))
        else { throw URLError(.badURL) }
        var call = URLRequest(url: url)
        call.httpMethod = request.method
        for field in request.headers { call.setValue(field.value, forHTTPHeaderField: field.name) }
        call.httpBody = request.body.isEmpty ? nil : Data(request.body)
        let client = FoundationClient()
        let session = URLSession(configuration: .ephemeral, delegate: client, delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        return try await withCheckedThrowingContinuation { continuation in
            client.state.withLock { $0.waiting = continuation }
            session.dataTask(with: call).resume()
        }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) { completionHandler(nil) }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        state.withLock { $0.body += data }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let (waiting, body) = state.withLock { state in
            defer { state.waiting = nil }
            return (state.waiting, state.body)
        }
        guard let response = task.response as? HTTPURLResponse, error == nil else {
            waiting?.resume(throwing: error ?? URLError(.badServerResponse))
            return
        }
        let headers = response.allHeaderFields.map { (name: "\($0)", value: "\($1)") }
        waiting?.resume(returning: ProviderAnswer(status: response.statusCode, headers: headers, body: body))
    }
}
