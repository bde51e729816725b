import NIOHTTP1

/// How the body of a request is framed.
enum TransferCoding: Sendable {
    /// By its length, or there is none.
    case none
    case chunked
    /// Another coding, several, or a field that is not well-formed.
    case other
}

/// The header fields of a request that matter, picked out in one pass.
struct RequestFields: Sendable {
    var authorization = Authorization.none
    /// Every `If-None-Match` field, joined as RFC 9110 lets them be.
    var ifNoneMatch: String?
    /// Every `Accept-Encoding` field, joined.
    var acceptEncoding: String?
    var requestID: String?
    var host: String?
    var hostCount = 0
    var origin: String?
    var transferCoding = TransferCoding.none
    var contentType: String?
    var contentLength: Int?
    var expect: String?
    var hasUpgrade = false
    /// `MCP-Protocol-Version`, `Mcp-Method`, `Mcp-Name`, `Mcp-Session-Id`, `Accept`: looked up when they are needed.
    var all = HTTPHeaders()

    init() {}

    init(_ headers: HTTPHeaders) {
        all = headers
        for (name, padded) in headers {
            let value = padded.withoutPadding
            // The length tells nearly every name from the others before a byte is compared.
            switch name.utf8.count {
            case 4 where name.isField("host"):
                host = value
                hostCount += 1
            case 6 where name.isField("origin"): origin = origin == nil ? value : "null"
            case 6 where name.isField("expect"): expect = value
            case 7 where name.isField("upgrade"): hasUpgrade = true
            case 12 where name.isField("content-type"): contentType = contentType == nil ? value : ""
            case 12 where name.isField("x-request-id"): requestID = value
            case 13 where name.isField("authorization"):
                authorization = authorization == .none ? .one(value) : .several
            case 13 where name.isField("if-none-match"): ifNoneMatch = ifNoneMatch.map { $0 + "," + value } ?? value
            case 14 where name.isField("content-length"): contentLength = Int(value)
            case 15 where name.isField("accept-encoding"):
                acceptEncoding = acceptEncoding.map { $0 + "," + value } ?? value
            case 17 where name.isField("transfer-encoding"):
                transferCoding = transferCoding == .none && value.lowercased() == "chunked" ? .chunked : .other
            default: break
            }
        }
    }
}

extension String {
    /// A field's value without the spaces and tabs around it, which are no part of it: RFC 9110, section 5.5.
    var withoutPadding: String {
        let bytes = utf8
        guard bytes.first?.isPadding ?? false || bytes.last?.isPadding ?? false else { return self }
        let start = bytes.firstIndex { !$0.isPadding } ?? bytes.endIndex
        let end = bytes.lastIndex { !$0.isPadding }.map { bytes.index(after: $0) } ?? start
        return String(self[start..<end])
    }

    /// Whether this is the name of a header field, given in lower case.
    fileprivate func isField(_ lowercase: StaticString) -> Bool {
        var index = 0
        for byte in utf8 {
            let lower = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
            guard unsafe lower == lowercase.utf8Start[index] else { return false }
            index += 1
        }
        return true
    }
}

extension UInt8 {
    fileprivate var isPadding: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
