import NIOCore
import RosterBytes

/// The form of the sign-in page.
struct SignInForm: Sendable {
    /// The number of bytes of a form at most.
    static let limit = 4 * 1024

    let token: String
    /// The page that follows.
    let destination: LocalPath

    /// Parses the body of a request.
    init(_ request: Request) throws(Problem) {
        let type = (request.fields.contentType ?? "").prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        guard type == "application/x-www-form-urlencoded" else {
            throw Problem(
                415,
                "unsupported-media-type",
                "The body is of another type",
                "send the form as Content-Type: application/x-www-form-urlencoded"
            )
        }
        guard let body = request.body, body.readableBytes <= Self.limit,
            let text = String(validating: body.readableBytesView, as: UTF8.self),
            let fields = try? QueryParameters.read(text[...])
        else { throw Self.malformed }
        var (token, destination): (String?, String?)
        for (name, value) in fields {
            switch name {
            case "token" where token == nil: token = value
            case "to" where destination == nil: destination = value
            default: throw Self.malformed
            }
        }
        guard let token else { throw Self.malformed }
        // Text that is pasted often has a space or a line end.
        let isPadding: (Character) -> Bool = { $0 == " " || $0.isNewline || $0 == "\t" }
        self.token = String(token.drop(while: isPadding).reversed().drop(while: isPadding).reversed())
        self.destination = LocalPath(destination ?? "") ?? .root
    }

    private static let malformed = Problem.badRequest(
        "the form has one field token, and at most one field to, in UTF-8"
    )
}

/// The path and query of a page of this server.
///
/// A browser resolves it to this server, whatever it is: the value comes from a form, and must not lead elsewhere.
struct LocalPath: Sendable, Hashable {
    static let root = LocalPath(valid: "/")
    private static let longest = 2048

    let text: String

    private init(valid text: String) { self.text = text }

    /// Creates a path; returns nil when a browser could resolve it to another host, or it is not a page to return to.
    init?(_ text: String) {
        let bytes = text.utf8
        // Browsers take a backslash for a slash, and drop tabs and line ends.
        guard bytes.count <= Self.longest, bytes.first == UInt8(ascii: "/"),
            bytes.dropFirst().first != UInt8(ascii: "/"),
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        let path = text.prefix { $0 != "?" && $0 != "#" }
        guard path != "/sign-in", path != "/sign-out" else { return nil }
        self.text = text
    }
}
