import RosterJSON
import RosterReview
import RosterEditing
import RosterModel
import RosterFrontend

extension JSONWriter {
    /// Returns a document with an object at its top.
    static func document(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(.pretty, escapingInvisible: true)
        json.object(members)
        json.endLine()
        return json.bytes
    }

    /// Writes an array of objects.
    mutating func objects<Element>(of elements: [Element], _ members: (Element, inout JSONWriter) -> Void) {
        array(of: elements) { element, json in
            json.object { members(element, &$0) }
        }
    }

    /// Writes the member that identifies the provider of a history.
    mutating func provider(_ change: Change?) {
        name("provider")
        object { json in
            json.name("id")
            json.string(change?.id)
            json.name("handle")
            json.string(change?.handle)
        }
    }

    /// Writes the members that describe the commit of an entry.
    mutating func members(ofCommit entry: ProviderHistory.Entry) {
        name("commit")
        string(entry.commit)
        name("committedAt")
        string(entry.committedAt?.description)
        name("author")
        string(entry.commit == nil ? nil : ShownText.mask(entry.author))
        name("subject")
        string(entry.commit == nil ? nil : ShownText.mask(entry.subject))
    }
}
