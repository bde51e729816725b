package import RosterHTTPClient
package import RosterModel

/// A client that sends requests to providers in a way that protects keys.
///
/// It resolves a name once, checks every address of it, and connects only to these; it follows no redirect; it trusts
/// the system's certificates, or those of the file that `SSL_CERT_FILE` names, and requires a certificate that is valid
/// for the host of the request. It retries a request that is refused temporarily when the provider returns the time to
/// wait.
public struct ProviderClient: Sendable {
    private let limits: ClientLimits
    private let client: HTTPClient

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - limits: the limits of times and sizes.
    ///   - environment: a function that returns the value of a variable, nil when it is not set; it is called for
    ///     `HTTPS_PROXY`, `NO_PROXY` and `SSL_CERT_FILE`.
    /// - Throws: ``ProviderFailure`` when `HTTPS_PROXY` is not the URL of a proxy.
    public init(
        limits: ClientLimits = ClientLimits(),
        environment: (_ name: String) -> String?
    ) throws(ProviderFailure) {
        try self.init(limits: limits, resolver: .system, environment: environment)
    }

    package init(
        limits: ClientLimits = ClientLimits(),
        resolver: NameResolver,
        environment: (_ name: String) -> String?
    ) throws(ProviderFailure) {
        self.limits = limits
        var configuration: HTTPClientConfiguration
        do { configuration = try HTTPClientConfiguration(resolver: resolver, environment: environment) } catch {
            throw ProviderFailure(
                .connection,
                "HTTPS_PROXY is set and names no proxy",
                help: "write it like http://proxy.example.com:3128"
            )
        }
        // A chat request must not be sent on a connection that the provider is about to close: it cannot be repeated.
        configuration.idleTime = .zero
        configuration.decodedLimit = limits.answerBytes
        client = HTTPClient(configuration)
    }

    /// The most pages of a list.
    var pages: Int { limits.pages }

    /// Sends a request and reads the answer, regardless of its status.
    ///
    /// - Throws: ``ProviderFailure`` when there is no answer.
    public func send(_ request: ProviderRequest) async throws(ProviderFailure) -> ProviderAnswer {
        let clock = ContinuousClock()
        let end = clock.now + limits.total
        // A repetition goes to the addresses that were checked first.
        let client = client.resolvingOnce()
        var left = limits.repetitions
        while true {
            let answer: ProviderAnswer
            do throws(HTTPFailure) {
                answer = try await attempt(request, client, within: end - clock.now)
            } catch {
                throw failure(error, request.origin)
            }
            guard left > 0, let wait = RetryAfter.delay(of: answer), clock.now + wait < end else { return answer }
            left -= 1
            do { try await Task.sleep(for: wait) } catch { return answer }
        }
    }

    private func attempt(_ request: ProviderRequest, _ client: HTTPClient, within time: Duration)
        async throws(HTTPFailure) -> ProviderAnswer
    {
        guard time > .zero else { throw .totalTimeout }
        var timing = HTTPTiming()
        (timing.connect, timing.head, timing.stall, timing.total) = (limits.connect, time, nil, time)
        let response = try await client.send(
            HTTPRequest(
                request.method,
                request.origin,
                request.target,
                fields: request.headers.map { ($0.name, $0.value) },
                body: request.body
            ),
            timing: timing
        )
        let body = try await response.body.whole(limit: limits.answerBytes)
        return ProviderAnswer(status: response.status, headers: response.fields, body: body)
    }

    /// Resolves the destination of a request, and refuses addresses to which nothing is sent.
    ///
    /// - Returns: false when the name does not resolve here, or not in time.
    package func checkAddresses(of origin: Origin) async throws(ProviderFailure) -> Bool {
        let check: AddressCheck
        do { check = try await client.check(origin.host, within: limits.connect) } catch { return false }
        switch check {
        case .addresses: return true
        case .forbidden(let address): throw Self.forbidden(origin, "\(address)")
        case .unresolved: return false
        }
    }

    private static func forbidden(_ origin: Origin, _ address: String) -> ProviderFailure {
        ProviderFailure(
            .address,
            "\(origin.host)" == address
                ? "\(address) is a link-local or metadata address; nothing is ever sent there"
                : "\(origin.host) resolves to \(address), a link-local or metadata address; nothing is ever sent there"
        )
    }

    private func failure(_ failure: HTTPFailure, _ origin: Origin) -> ProviderFailure {
        let place = client.route(to: origin)
        var timing = HTTPTiming()
        (timing.connect, timing.total) = (limits.connect, limits.total)
        func described(_ code: ProviderFailure.Code, help: String? = nil) -> ProviderFailure {
            ProviderFailure(code, failure.message(for: place, timing), help: help)
        }
        switch failure {
        case .unresolved: return ProviderFailure(.address, "the name \(origin.host) does not resolve")
        case .forbiddenAddress(let address): return Self.forbidden(origin, address)
        case .headTimeout, .totalTimeout:
            return ProviderFailure(.timeout, HTTPFailure.totalTimeout.message(for: place, timing))
        case .connectTimeout, .stalled, .cancelled: return described(.timeout)
        case .closed, .system: return described(.connection)
        case .tooLarge:
            return ProviderFailure(.tooLarge, "the answer of \(place) is larger than \(limits.answerBytes) bytes")
        case .malformed: return described(.malformedAnswer)
        case .certificate:
            return described(
                .tls,
                help: "have it issued by an authority that this machine trusts, or name that authority's file with "
                    + "SSL_CERT_FILE"
            )
        case .otherHost:
            return described(
                .tls,
                help: "write in baseUrl a host that the certificate is for, or have one issued for \(origin.host)"
            )
        case .noTrustStore:
            return ProviderFailure(
                .tls,
                "the certificates that this machine trusts cannot be read",
                help: "install ca-certificates, or name a file of them with SSL_CERT_FILE"
            )
        case .unusableFile:
            return described(.tls, help: "name a file of certificates as PEM with SSL_CERT_FILE, or unset it")
        case .noTLS, .handshake: return described(.tls)
        case .proxy: return ProviderFailure(.connection, "the proxy did not open a way to \(origin)")
        }
    }
}
