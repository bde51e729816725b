/// A key, its value, and the revisions of both.
struct EtcdEntry: Hashable, Sendable {
    let key: [UInt8]
    let value: [UInt8]
    /// The revision of the last change, at least 1.
    let revision: Int64

    init(_ members: EtcdMembers) throws(SourceProblem) {
        key = try members.base64("key")
        value = try members.base64("value")
        revision = try members.number("mod_revision")
        guard !key.isEmpty, revision > 0 else { throw EtcdMembers.malformed }
    }
}

/// The keys that a read found.
struct EtcdFound: Hashable, Sendable {
    let entries: [EtcdEntry]
    /// A Boolean value that indicates whether the limit of the read left out keys.
    let hasMore: Bool

    init(_ members: EtcdMembers, of read: EtcdRead) throws(SourceProblem) {
        var entries: [EtcdEntry] = []
        for element in try members.elements("kvs") { entries.append(try EtcdEntry(element)) }
        guard entries.count <= read.limit else { throw EtcdMembers.malformed }
        if read.keys.end == nil, entries.contains(where: { $0.key != read.keys.start }) { throw EtcdMembers.malformed }
        self.entries = entries
        hasMore = try members.boolean("more")
    }
}

/// The answer to a read of a range.
struct EtcdRangeAnswer: Hashable, Sendable {
    /// The revision of the store at the read.
    let revision: Int64
    let found: EtcdFound

    init(_ members: EtcdMembers, of read: EtcdRead) throws(SourceProblem) {
        let revision = try members.revision()
        found = try EtcdFound(members, of: read)
        guard found.entries.allSatisfy({ $0.revision <= revision }) else { throw EtcdMembers.malformed }
        self.revision = revision
    }
}

/// The answer to a transaction.
struct EtcdTransactionAnswer: Hashable, Sendable {
    /// The revision of the store after the transaction.
    let revision: Int64
    /// A Boolean value that indicates whether all conditions were met.
    let isSuccess: Bool
    /// The results of the reads, in their order.
    let reads: [EtcdFound]

    /// Parses the answer to the operations of a transaction.
    init(_ members: EtcdMembers, then success: [EtcdOperation], else failure: [EtcdOperation]) throws(SourceProblem) {
        revision = try members.revision()
        isSuccess = try members.boolean("succeeded")
        let operations = isSuccess ? success : failure
        let responses = try members.elements("responses")
        guard responses.count == operations.count else { throw EtcdMembers.malformed }
        var reads: [EtcdFound] = []
        for (operation, response) in zip(operations, responses) {
            guard case .read(let read) = operation else { continue }
            guard let range = try response.members("response_range") else { throw EtcdMembers.malformed }
            reads.append(try EtcdFound(range, of: read))
        }
        self.reads = reads
    }
}
