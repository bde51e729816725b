/// The field `If-None-Match`: RFC 9110, section 13.1.2.
enum EntityTagCondition {
    /// Returns a Boolean value that indicates whether a field has a tag; weak tags are compared like strong ones.
    static func matches(_ field: String, _ tag: EntityTag) -> Bool {
        var field = field
        return field.withUTF8 { unsafe matches(Span(_unsafeElements: $0), tag) }
    }

    private static func matches(_ field: Span<UInt8>, _ tag: EntityTag) -> Bool {
        var position = 0
        while position < field.count {
            switch field[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ","): position += 1
            case UInt8(ascii: "*"): return true
            case UInt8(ascii: "W") where position + 1 < field.count && field[position + 1] == UInt8(ascii: "/"):
                position += 2
            case UInt8(ascii: "\""):
                if EntityTag(field.extracting(position...)) == tag { return true }
                position += 1
                while position < field.count, field[position] != UInt8(ascii: "\"") { position += 1 }
                position += 1
            default: return false
            }
        }
        return false
    }
}
