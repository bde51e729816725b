import RosterBytes

extension HTTPFailure {
    /// Describes the failure in a sentence without a full stop.
    ///
    /// - Parameters:
    ///   - place: the origin of the request, and the proxy to it.
    ///   - timing: the times that the request had.
    /// - Returns: the sentence.
    package func message(for place: String, _ timing: HTTPTiming = HTTPTiming()) -> String {
        switch self {
        case .unresolved: "the name in \(place) does not resolve"
        case .forbiddenAddress(let address):
            "\(place) is at \(address), a link-local or metadata address; nothing is ever sent there"
        case .connectTimeout: "no connection to \(place) within \(timing.connect.inSeconds)"
        case .headTimeout: "no answer of \(place) within \(timing.head.inSeconds)"
        case .stalled: "\(place) sent no part of its answer for \((timing.stall ?? .zero).inSeconds)"
        case .totalTimeout: "no whole answer of \(place) within \((timing.total ?? .zero).inSeconds)"
        case .closed: "the connection to \(place) broke before there was an answer"
        case .tooLarge: "the answer of \(place) is larger than allowed"
        case .malformed: "what \(place) answered is not HTTP"
        case .system(let code): "there is no connection to \(place): \(SystemError.reason(code))"
        case .certificate: "the certificate of \(place) is not trusted"
        case .otherHost(let names): "the certificate of \(place) is not for this host: it is for \(names)"
        case .noTLS: "\(place) answers without TLS"
        case .handshake: "\(place) and this machine do not agree on TLS"
        case .noTrustStore: "the certificates that this machine trusts cannot be read"
        case .unusableFile(let path): "\(path) is missing, or has no PEM that can be used"
        case .proxy: "the proxy did not open a way to \(place)"
        case .cancelled: "the request to \(place) was cancelled"
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
