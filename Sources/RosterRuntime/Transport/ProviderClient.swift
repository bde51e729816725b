import NIOCore
import NIOPosix
package import RosterModel

/// A client that sends requests to providers in a way that protects keys.
///
/// It resolves a name once, checks every address of it, and connects only to these; it follows no redirect; it trusts
/// the system's certificates, or those of the file that `SSL_CERT_FILE` names, and requires a certificate that is valid
/// for the host of the request. It retries a request that is refused temporarily when the provider returns the time to
/// wait.
public struct ProviderClient: Sendable {
    private let limits: ClientLimits
    private let resolver: NameResolver
    private let proxies: ProxySettings
    private let tls: TLSContext

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
        self.resolver = resolver
        let rootsFile = environment("SSL_CERT_FILE").flatMap { $0.isEmpty ? nil : $0 }
        tls = TLSContext(rootsFile: rootsFile)
        do { proxies = try ProxySettings(environment) } catch {
            throw ProviderFailure(
                .connection,
                "HTTPS_PROXY is set and names no proxy",
                help: "write it like http://proxy.example.com:3128"
            )
        }
    }

    /// The most pages of a list.
    var pages: Int { limits.pages }

    /// Sends a request and reads the answer, regardless of its status.
    ///
    /// - Throws: ``ProviderFailure`` when there is no answer.
    public func send(_ request: ProviderRequest) async throws(ProviderFailure) -> ProviderAnswer {
        let start = NIODeadline.now()
        let end = start + TimeAmount(clamping: limits.total)
        var addresses: [Host]?
        var left = limits.repetitions
        while true {
            let connectEnd = min(NIODeadline.now() + TimeAmount(clamping: limits.connect), end)
            let proxy = proxies.proxy(for: request.origin)
            let checked: [Host]
            if let addresses {
                checked = addresses
            } else {
                checked = try await resolve(request.origin, proxy, before: connectEnd)
                addresses = checked
            }
            let exchange = Exchange(
                request: request,
                addresses: checked,
                proxy: proxy,
                tls: tls,
                limits: limits,
                connectDeadline: connectEnd,
                totalDeadline: end
            )
            let answer: ProviderAnswer
            do { answer = try await exchange.run() } catch { throw failure(error, request, proxy) }
            guard left > 0, let wait = RetryAfter.delay(of: answer),
                NIODeadline.now() + TimeAmount(clamping: wait) < end
            else {
                return answer
            }
            left -= 1
            do { try await Task.sleep(for: wait) } catch { return answer }
        }
    }

    /// Resolves the destination of a request, and refuses addresses to which nothing is sent.
    ///
    /// - Returns: false when the name does not resolve here, or not in time.
    package func checkAddresses(of origin: Origin) async throws(ProviderFailure) -> Bool {
        let deadline = NIODeadline.now() + TimeAmount(clamping: limits.connect)
        let check: AddressCheck
        do { check = try await lookUp(origin.host, before: deadline) } catch { return false }
        switch check {
        case .addresses: return true
        case .forbidden(let address): throw Self.forbidden(origin, address)
        case .unresolved: return false
        }
    }

    /// The addresses to connect to: the origin's, or the proxy's.
    private func resolve(
        _ origin: Origin,
        _ proxy: ProxySettings.Proxy?,
        before deadline: NIODeadline
    ) async throws(ProviderFailure) -> [Host] {
        switch try await lookUp(origin.host, before: deadline) {
        case .forbidden(let address): throw Self.forbidden(origin, address)
        case .addresses(let addresses) where proxy == nil: return addresses
        case .unresolved where proxy == nil:
            throw ProviderFailure(.address, "the name \(origin.host) does not resolve")
        case .addresses, .unresolved: break
        }
        guard let proxy else { return [] }
        guard case .addresses(let addresses) = try await lookUp(proxy.origin.host, before: deadline) else {
            throw ProviderFailure(.address, "the proxy \(proxy.origin.host) has no address to connect to")
        }
        return addresses
    }

    private static func forbidden(_ origin: Origin, _ address: Host) -> ProviderFailure {
        ProviderFailure(
            .address,
            origin.host == address
                ? "\(address) is a link-local or metadata address; nothing is ever sent there"
                : "\(origin.host) resolves to \(address), a link-local or metadata address; nothing is ever sent there"
        )
    }

    private func lookUp(_ host: Host, before deadline: NIODeadline) async throws(ProviderFailure) -> AddressCheck {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let resolver = resolver
        let check = NIOThreadPool.singleton.runIfActive(eventLoop: loop) { AddressCheck(host, resolver) }
        do {
            return try await Exchange.value(of: check, before: deadline, else: .connectTimeout)
        } catch {
            throw ProviderFailure(.timeout, "the name \(host) did not resolve in time")
        }
    }

    private func failure(
        _ failure: TransportFailure,
        _ request: ProviderRequest,
        _ proxy: ProxySettings.Proxy?
    ) -> ProviderFailure {
        let place = "\(request.origin)" + (proxy.map { " through the proxy \($0.origin)" } ?? "")
        switch failure {
        case .connectTimeout:
            return ProviderFailure(.timeout, "no connection to \(place) within \(limits.connect.inSeconds)")
        case .totalTimeout:
            return ProviderFailure(.timeout, "no whole answer of \(place) within \(limits.total.inSeconds)")
        case .closed: return ProviderFailure(.connection, "the connection to \(place) broke before there was an answer")
        case .tooLarge:
            return ProviderFailure(.tooLarge, "the answer of \(place) is larger than \(limits.answerBytes) bytes")
        case .malformed: return ProviderFailure(.malformedAnswer, "what \(place) answered is not HTTP")
        case .system(let code):
            return ProviderFailure(.connection, "there is no connection to \(place): \(SystemError.reason(code))")
        case .certificate:
            return ProviderFailure(
                .tls,
                "the certificate of \(place) is not trusted",
                help: "have it issued by an authority that this machine trusts, or name that authority's file with "
                    + "SSL_CERT_FILE"
            )
        case .otherHost(let names):
            return ProviderFailure(
                .tls,
                "the certificate of \(place) is not for this host: it is for \(names)",
                help: "write in baseUrl a host that the certificate is for, or have one issued for "
                    + "\(request.origin.host)"
            )
        case .noTrustStore:
            return ProviderFailure(
                .tls,
                "the certificates that this machine trusts cannot be read",
                help: "install ca-certificates, or name a file of them with SSL_CERT_FILE"
            )
        case .handshake: return ProviderFailure(.tls, "\(place) and this machine do not agree on TLS")
        case .proxy: return ProviderFailure(.connection, "the proxy did not open a way to \(request.origin)")
        }
    }
}

extension Duration {
    /// The time in seconds, such as "10 s".
    fileprivate var inSeconds: String {
        let (seconds, attoseconds) = components
        let tenths = attoseconds / 100_000_000_000_000_000
        return tenths == 0 ? "\(seconds) s" : "\(seconds).\(tenths) s"
    }
}
