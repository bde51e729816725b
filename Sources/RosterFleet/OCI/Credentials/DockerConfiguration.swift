import RosterBytes
import RosterJSON

/// The credentials in a configuration file of Docker, which other tools of registries read and write too.
package struct DockerConfiguration: Sendable {
    /// The reason why a file has no credentials that can be used.
    ///
    /// The message does not contain a part of the file other than names.
    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        package let message: String

        package var description: String { message }
    }

    /// The result of a search for the credentials of a repository.
    package enum Entry: Hashable, Sendable {
        case login(OCILogin)
        /// There are no credentials; the name is that of a program that may have some.
        case none(program: String?)
    }

    /// The maximum number of bytes of a file.
    package static let byteLimit = 1024 * 1024

    private let object: JSONObject

    /// Parses a file.
    package init(_ bytes: [UInt8]) throws(Problem) {
        guard bytes.count <= Self.byteLimit else {
            throw Problem(message: "it has more than \(Self.byteLimit) bytes")
        }
        // The parser's message may repeat a part of the file.
        guard let value = try? JSONReader.read(utf8: bytes), let object = value.object else {
            throw Problem(message: "it is not a JSON object")
        }
        self.object = object
    }

    /// Finds the credentials of a repository: those of the repository itself, of a path that it is in, or of the registry.
    package func entry(for reference: OCIReference) throws(Problem) -> Entry {
        let names = Self.names(of: reference)
        let entries = try members("auths").map { (name: Self.normalize($0.name), value: $0.value) }
        for name in names {
            for entry in entries where entry.name.equalsInBytes(name) {
                if let login = try Self.login(entry.value, name) { return .login(login) }
            }
        }
        let helpers = try members("credHelpers")
        let helper = helpers.first { names.contains(Self.normalize($0.name)) }?.value.string
        let program = helper ?? object["credsStore"]?.string
        return .none(program: program.flatMap { $0.isEmpty ? nil : $0 })
    }

    private func members(_ name: String) throws(Problem) -> [JSONObject.Member] {
        guard let value = object[name], value != .null else { return [] }
        guard let object = value.object else { throw Problem(message: "the member \"\(name)\" is not an object") }
        return object.members
    }

    /// Returns the names that an entry of a repository may have, the most specific first.
    private static func names(of reference: OCIReference) -> [String] {
        var paths: [String] = []
        var path = Substring(reference.repository)
        while !path.isEmpty {
            paths.append("/" + path)
            path = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
        }
        return (paths + [""]).flatMap { path in reference.credentialNames.map { $0 + path } }
    }

    /// Removes the scheme, and the path of the API, with which Docker writes names.
    private static func normalize(_ name: String) -> String {
        var rest = name[...]
        for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
        for suffix in ["/", "/v1", "/v2"] where rest.hasSuffix(suffix) { rest = rest.dropLast(suffix.count) }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        return rest[..<slash].lowercased() + rest[slash...]
    }

    /// Returns the credentials of an entry; nil for one without any.
    private static func login(_ value: JSONValue, _ name: String) throws(Problem) -> OCILogin? {
        let place = "the entry of \"\(PrintableText.escape(name))\""
        guard let object = value.object else { throw Problem(message: "\(place) is not an object") }
        func text(_ name: String) -> String? { object[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        if let token = text("identitytoken") { return .identityToken(token) }
        var login = (user: text("username"), password: text("password"))
        if let auth = text("auth") {
            guard let bytes = CanonicalBase64.decode(Array(auth.utf8).span),
                let decoded = String(validating: bytes, as: UTF8.self),
                let colon = decoded.utf8.firstIndex(of: UInt8(ascii: ":"))
            else { throw Problem(message: "\(place) has an \"auth\" that is not base64 of USER:PASSWORD") }
            login = (String(decoded[..<colon]), String(decoded[colon...].dropFirst()))
        }
        guard let user = login.user, let password = login.password else { return nil }
        guard !(user + password).utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }), !user.utf8.contains(0x3A) else {
            throw Problem(message: "\(place) has a control character")
        }
        return .password(user: user, password: password)
    }
}

extension DockerConfiguration.Entry {
    /// The credentials; nil for none.
    var login: OCILogin? {
        if case .login(let login) = self { login } else { nil }
    }
}
