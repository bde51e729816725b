import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import RosterTestSupport
import Synchronization

/// A token server of a registry on a free port of loopback, which signs by `openssl`.
///
/// It grants the user `publisher` the requested rights, and others only the right to pull.
final class TokenServer: Sendable {
    static let (service, issuer) = ("the registry", "the tests")

    let port: Int
    private let channel: any Channel
    private let record: Record

    /// The requests of a server.
    fileprivate final class Record: Sendable {
        let targets = Mutex<[String]>([])
    }

    /// The targets of the requests, in order.
    var targets: [String] { record.targets.withLock { $0 } }

    /// Starts a server, and writes the certificate of its key as `token.pem`.
    init(in folder: ScratchFolder) async throws {
        let tools = Tools(folder: folder.path)
        try tools.tool([
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "token.key", "-out", "token.pem",
            "-subj", "/CN=tokens", "-days", "2",
        ])
        let lines = try folder.read("token.pem").split(separator: "\n").filter { !$0.hasPrefix("-----") }
        let signer = Signer(tools: tools, certificate: lines.joined())
        let record = Record()
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(signer: signer, record: record))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        self.record = record
    }

    /// Ends the server.
    func stop() async throws { try await channel.close() }

    /// The part `auth` of the configuration of a registry.
    func configuration(_ folder: ScratchFolder) -> String {
        """
        auth:
          token:
            realm: http://127.0.0.1:\(port)/token
            service: \(Self.service)
            issuer: \(Self.issuer)
            rootcertbundle: \(folder.path)/token.pem
        """
    }

    /// The key of a server.
    fileprivate struct Signer: Sendable {
        let tools: Tools
        let certificate: String

        /// Returns a JSON Web Token for the scope of a request.
        func token(_ target: String, isPublisher: Bool) throws -> String {
            let query = URLComponents(string: target)?.queryItems ?? []
            let scope = (query.first { $0.name == "scope" }?.value ?? "").split(separator: ":").map(String.init)
            let requested = scope.last?.split(separator: ",").map(String.init) ?? []
            let actions = isPublisher ? requested : requested.filter { $0 == "pull" }
            let now = Int(Date.now.timeIntervalSince1970)
            let claims: [String: Any] = [
                "iss": TokenServer.issuer, "sub": "", "aud": TokenServer.service, "iat": now, "nbf": now - 60,
                "exp": now + 300, "jti": "1",
                "access": [["type": "repository", "name": scope.dropFirst().first ?? "", "actions": actions]],
            ]
            let header: [String: Any] = ["typ": "JWT", "alg": "RS256", "x5c": [certificate]]
            let text = try [header, claims]
                .map { Self.encode(try JSONSerialization.data(withJSONObject: $0)) }.joined(separator: ".")
            let signature = try tools.tool(
                ["sh", "-c", "openssl dgst -sha256 -sign token.key | openssl base64 -A"],
                input: Data(text.utf8)
            )
            return text + "." + Self.encode(Data(base64Encoded: signature.output) ?? Data())
        }

        /// Returns base64 in the alphabet of URLs, without padding.
        private static func encode(_ data: Data) -> String {
            data.base64EncodedString().replacingOccurrences(of: "+", with: "-")
                .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let signer: Signer
        private let record: Record
        private var head: HTTPRequestHead?

        init(signer: Signer, record: Record) { (self.signer, self.record) = (signer, record) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): self.head = head
            case .body: break
            case .end:
                guard let head else { return }
                record.targets.withLock { $0.append(head.uri) }
                // `publisher:pw`; any other login is wrong.
                let login = head.headers.first(name: "Authorization")
                let isPublisher = login == "Basic cHVibGlzaGVyOnB3"
                let token = isPublisher || login == nil ? try? signer.token(head.uri, isPublisher: isPublisher) : nil
                let body = ByteBuffer(string: token.map { #"{"token":"\#($0)","expires_in":300}"# } ?? "{}")
                var response = HTTPResponseHead(version: .http1_1, status: token == nil ? .unauthorized : .ok)
                response.headers.add(name: "Content-Length", value: "\(body.readableBytes)")
                context.write(wrapOutboundOut(.head(response)), promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
