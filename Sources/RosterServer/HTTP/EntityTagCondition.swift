/// The field `If-None-Match`: RFC 9110, section 13.1.2.
enum EntityTagCondition {
    /// Whether the field names a tag, so that the client has the body already; weak tags count as their strong ones.
    static func matches(_ field: String, _ tag: EntityTag) -> Bool {
        let sent = field.utf8
        // One strong tag is what nearly every client sends.
        let own = Array(tag.text.utf8)
        if sent.elementsEqual(own) { return true }
        var rest = sent[...]
        while let first = rest.first {
            switch first {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ","): rest = rest.dropFirst()
            case UInt8(ascii: "*"): return true
            default:
                if rest.starts(with: "W/".utf8) { rest = rest.dropFirst(2) }
                guard rest.first == UInt8(ascii: "\""),
                    let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\""))
                else { return false }
                let next = rest.index(after: end)
                if rest[..<next].elementsEqual(own) { return true }
                rest = rest[next...]
            }
        }
        return false
    }
}
