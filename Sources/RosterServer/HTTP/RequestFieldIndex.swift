import RosterBytes

/// The places of the header fields that Roster reads, among the lines of all fields.
struct RequestFieldIndex: Sendable {
    /// The names of the fields, in lowercase.
    enum Name: String, Sendable, CaseIterable {
        case host
        case accept
        case cookie
        case origin
        case expect
        case prefer
        case upgrade
        case connection
        case contentType = "content-type"
        case requestID = "x-request-id"
        case authorization
        case ifNoneMatch = "if-none-match"
        case secFetchSite = "sec-fetch-site"
        case contentLength = "content-length"
        case acceptEncoding = "accept-encoding"
        case proxyConnection = "proxy-connection"
        case transferEncoding = "transfer-encoding"

        fileprivate var slot: Int {
            switch self {
            case .host: 0
            case .origin: 1
            case .expect: 2
            case .upgrade: 3
            case .connection: 4
            case .contentType: 5
            case .requestID: 6
            case .authorization: 7
            case .ifNoneMatch: 8
            case .contentLength: 9
            case .acceptEncoding: 10
            case .proxyConnection: 11
            case .transferEncoding: 12
            case .prefer: 13
            case .accept: 14
            case .cookie: 15
            case .secFetchSite: 16
            }
        }

        /// Creates the name that a field has; nil when it is another.
        fileprivate init?(_ bytes: Span<UInt8>) {
            // The length distinguishes nearly all names before a byte is compared.
            let found: (name: Name, text: StaticString)
            switch bytes.count {
            case 4: found = (.host, "host")
            case 6:
                switch Unicode.Scalar(bytes[0].asciiLowercased) {
                case "o": found = (.origin, "origin")
                case "e": found = (.expect, "expect")
                case "a": found = (.accept, "accept")
                case "c": found = (.cookie, "cookie")
                default: found = (.prefer, "prefer")
                }
            case 7: found = (.upgrade, "upgrade")
            case 10: found = (.connection, "connection")
            case 12:
                let isType = bytes[0].asciiLowercased == UInt8(ascii: "c")
                found = isType ? (.contentType, "content-type") : (.requestID, "x-request-id")
            case 13:
                let isToken = bytes[0].asciiLowercased == UInt8(ascii: "a")
                found = isToken ? (.authorization, "authorization") : (.ifNoneMatch, "if-none-match")
            case 14:
                let isLength = bytes[0].asciiLowercased == UInt8(ascii: "c")
                found = isLength ? (.contentLength, "content-length") : (.secFetchSite, "sec-fetch-site")
            case 15: found = (.acceptEncoding, "accept-encoding")
            case 16: found = (.proxyConnection, "proxy-connection")
            case 17: found = (.transferEncoding, "transfer-encoding")
            default: return nil
            }
            for index in bytes.indices where unsafe bytes[index].asciiLowercased != found.text.utf8Start[index] {
                return nil
            }
            self = found.name
        }
    }

    /// A field, or several of the same name.
    struct Field: Sendable, Hashable {
        /// The number of fields of the name.
        var count: Int
        /// The place of the last value, without spaces and tabs around it.
        var value: Range<Int>
    }

    private struct Slot {
        var count: Int32 = 0
        var start: Int32 = 0
        var end: Int32 = 0
    }

    private var slots = InlineArray<17, Slot>(repeating: Slot())

    /// Creates an index without fields.
    init() {}

    /// Creates the index of lines of `name:value`.
    init(lines: Span<UInt8>) {
        Self.forEachField(in: lines) { name, value in add(lines.extracting(name), value: value) }
    }

    /// The field of a name; nil when there is none.
    subscript(name: Name) -> Field? {
        let slot = slots[name.slot]
        return slot.count == 0 ? nil : Field(count: Int(slot.count), value: Int(slot.start)..<Int(slot.end))
    }

    /// Adds a field unless Roster does not read fields of its name; returns the name.
    @discardableResult
    mutating func add(_ name: Span<UInt8>, value: Range<Int>) -> Name? {
        guard let name = Name(name) else { return nil }
        let count = slots[name.slot].count
        slots[name.slot] = Slot(
            count: count + 1,
            start: Int32(clamping: value.lowerBound),
            end: Int32(clamping: value.upperBound)
        )
        return name
    }

    /// Calls a closure with the places of each field's name and value, in lines of `name:value`.
    static func forEachField(in lines: Span<UInt8>, _ body: (_ name: Range<Int>, _ value: Range<Int>) -> Void) {
        var (start, colon) = (0, -1)
        for index in lines.indices {
            switch lines[index] {
            case UInt8(ascii: ":") where colon < start: colon = index
            case UInt8(ascii: "\n"):
                if colon >= start { body(start..<colon, lines.trimmed(colon + 1..<max(colon + 1, index - 1))) }
                start = index + 1
            default: break
            }
        }
    }
}
