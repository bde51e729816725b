import RosterBytes
import RosterJSON

/// The URLs of an endpoint as bytes, for documents with many of them: ``RequestURL`` allocates several texts.
extension Endpoint {
    /// The largest number of bytes that ``appendChat(to:)`` appends.
    package var chatLimit: Int {
        base.textLimit + chatPath.utf8CodeUnitCount + 3 * model.utf8.count + queryLimit
    }

    private var queryLimit: Int {
        apiVersion.map { 2 + DatedAPI.parameter.utf8CodeUnitCount + $0.utf8.count } ?? 0
    }

    /// Appends the text of ``chat``.
    package func appendChat(to output: inout OutputSpan<UInt8>) {
        base.append(to: &output)
        let facts = slug.facts
        if facts.isModelInPath {
            append(chatPath, model: model, plain: facts.plainInModel, to: &output)
        } else {
            output.append(literal: chatPath)
        }
        guard let apiVersion else { return }
        output.append(UInt8(ascii: "?"))
        output.append(literal: DatedAPI.parameter)
        output.append(UInt8(ascii: "="))
        output.append(apiVersion)
    }

    /// Appends a path of the slug table with a model, percent-encoded, instead of `{model}`.
    private func append(
        _ template: StaticString,
        model: String,
        plain: PercentEncoding.Plain,
        to output: inout OutputSpan<UInt8>
    ) {
        template.withUTF8Buffer { template in
            let open = unsafe template.firstIndex(of: UInt8(ascii: "{")) ?? template.count
            for offset in 0..<open { output.append(unsafe template[offset]) }
            guard let close = unsafe template[open...].firstIndex(of: UInt8(ascii: "}")) else { return }
            for byte in model.utf8 { PercentEncoding.append(byte, except: plain, to: &output) }
            for offset in (close + 1)..<template.count { output.append(unsafe template[offset]) }
        }
    }
}

extension BaseURL {
    /// The largest number of bytes that ``append(to:)`` appends.
    package var textLimit: Int { Origin.Scheme.longest + origin.authorityLimit + path.utf8.count }

    /// Appends the text of the URL, which needs no escape in JSON.
    package func append(to output: inout OutputSpan<UInt8>) {
        origin.append(to: &output)
        output.append(path)
    }
}

extension Origin {
    /// The largest number of bytes that ``appendHostAndPort(to:)`` appends.
    package var authorityLimit: Int { host.textLimit + 6 }

    /// Appends the text of the origin.
    func append(to output: inout OutputSpan<UInt8>) {
        output.append(literal: scheme == .https ? "https://" : "http://")
        if port == scheme.defaultPort { host.append(to: &output) } else { appendHostAndPort(to: &output) }
    }

    /// Appends the host and the port, which is never left out.
    package func appendHostAndPort(to output: inout OutputSpan<UInt8>) {
        host.append(to: &output)
        output.append(UInt8(ascii: ":"))
        var divisor: UInt16 = 10_000
        while divisor > port { divisor /= 10 }
        while divisor > 0 {
            output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: port / divisor % 10))
            divisor /= 10
        }
    }
}

extension Origin.Scheme {
    /// The number of bytes of the longest scheme with its separator.
    fileprivate static let longest = "https://".utf8.count
}

extension Host {
    /// The largest number of bytes that ``append(to:)`` appends.
    fileprivate var textLimit: Int {
        // An IPv6 address has at most 45 characters and two brackets.
        if case .name(let name) = self { name.utf8.count } else { 47 }
    }

    /// Appends the text of the host.
    fileprivate func append(to output: inout OutputSpan<UInt8>) {
        if case .name(let name) = self { output.append(name) } else { output.append(description) }
    }
}
