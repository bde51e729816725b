import RosterBytes

/// The members that a client asks for in addition to a record's ten: `include=handle,endpoint,model`.
struct IncludedMembers: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// The name of a provider: `<project>/<handle>`.
    static let handle = IncludedMembers(rawValue: 1)
    /// The URLs of its requests.
    static let endpoint = IncludedMembers(rawValue: 2)
    /// The lifecycle of its model.
    static let model = IncludedMembers(rawValue: 4)

    /// The members by their names, in the order in which they are written.
    static let names: [(name: String, member: IncludedMembers)] = [
        ("handle", .handle), ("endpoint", .endpoint), ("model", .model),
    ]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Parses the value of the parameter: names with commas between them, in any order.
    init(parameter value: String) throws(Problem) {
        var members: IncludedMembers = []
        for name in value.split(separator: ",", omittingEmptySubsequences: false) {
            guard let known = Self.names.first(where: { $0.name == name }) else {
                throw .badRequest(
                    "the parameter \"include\" has \"\(PercentEncoding.shown(String(name)))\"; it takes "
                        + Self.names.map(\.name).joined(separator: ", ") + ", with commas between them"
                )
            }
            members.formUnion(known.member)
        }
        self = members
    }

    /// The value of the parameter.
    var parameter: String { Self.names.filter { contains($0.member) }.map(\.name).joined(separator: ",") }
}
