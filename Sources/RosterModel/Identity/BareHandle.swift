/// A handle without its project, which users enter for a record whose handle no other project has.
package enum BareHandle {
    /// The most names in a message.
    private static let mostNamed = 20

    /// Returns the full names with a handle, in order; none when the text is not a handle.
    ///
    /// - Parameters:
    ///   - text: the text that the user entered.
    ///   - names: the `<project>/<handle>` of all records of a kind, readable or not.
    /// - Returns: the names without repetitions.
    package static func matches(_ text: String, among names: some Sequence<String>) -> [String] {
        guard Handle(text) != nil else { return [] }
        let suffix = "/" + text
        return Set(names.lazy.filter { $0.hasSuffix(suffix) }).sorted()
    }

    /// Returns the remedy for a handle that several records have.
    package static func remedy(_ names: [String]) -> String {
        let rest = names.count - mostNamed
        return "write which one: \(names.prefix(mostNamed).joined(separator: ", "))"
            + (rest > 0 ? " and \(rest) more" : "")
    }

    /// Returns the message for a handle that several records have.
    package static func message(_ text: String, _ noun: String, _ names: [String]) -> String {
        "\(names.count) projects have a \(noun) \"\(text)\""
    }
}
