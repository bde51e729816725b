import RosterBytes
import RosterJSON

/// A read of a range of keys.
struct EtcdRead: Hashable, Sendable {
    var keys: EtcdRange
    /// True to accept what the endpoint has, which may be old; false to ask a majority of the cluster.
    var isSerializable = false
    /// True to leave out the values.
    var isKeysOnly = false
    /// The maximum number of keys.
    var limit = 1
}

/// A condition of a transaction on the revision of keys.
struct EtcdCondition: Hashable, Sendable {
    enum Target: String, Sendable { case create = "CREATE", modify = "MOD" }
    enum Relation: String, Sendable { case equal = "EQUAL", greater = "GREATER", less = "LESS" }

    var keys: EtcdRange
    var target: Target
    var relation: Relation
    var revision: Int64
}

/// An operation of a transaction.
enum EtcdOperation: Hashable, Sendable {
    case read(EtcdRead)
    case put(EtcdRange, value: [UInt8])
    case delete(EtcdRange)
}

/// A request of the JSON gateway.
enum EtcdRequest: Hashable, Sendable {
    case range(EtcdRead)
    case put(EtcdRange, value: [UInt8])
    case transaction(if: [EtcdCondition], then: [EtcdOperation], else: [EtcdOperation])
    case watch(EtcdRange, from: Int64)
    case authenticate(user: String, password: String)

    /// The path of the request.
    var path: String {
        switch self {
        case .range: "/v3/kv/range"
        case .put: "/v3/kv/put"
        case .transaction: "/v3/kv/txn"
        case .watch: "/v3/watch"
        case .authenticate: "/v3/auth/authenticate"
        }
    }

    /// The body of the request.
    var body: [UInt8] {
        var json = JSONWriter(.compact, capacity: capacity)
        switch self {
        case .range(let read): json.write(read)
        case .put(let key, let value): json.write(key, value)
        case .transaction(let conditions, let success, let failure):
            json.object { json in
                json.name("compare")
                json.array(of: conditions) { condition, json in json.write(condition) }
                json.name("success")
                json.array(of: success) { operation, json in json.write(operation) }
                json.name("failure")
                json.array(of: failure) { operation, json in json.write(operation) }
            }
        case .watch(let key, let revision):
            json.object { json in
                json.name("create_request")
                json.object { json in
                    json.write(members: key)
                    json.name("start_revision")
                    json.string(String(revision))
                }
            }
        case .authenticate(let user, let password):
            json.object { json in
                json.name("name")
                json.string(user)
                json.name("password")
                json.string(password)
            }
        }
        return json.bytes
    }

    private var capacity: Int {
        guard case .put(_, let value) = self else { return 1024 }
        return 1024 + CanonicalBase64.encodedLength(of: value.count)
    }
}

extension JSONWriter {
    fileprivate mutating func write(members range: EtcdRange) {
        name("key")
        string(CanonicalBase64.encode(range.start.span))
        if let end = range.end {
            name("range_end")
            string(CanonicalBase64.encode(end.span))
        }
    }

    fileprivate mutating func write(_ read: EtcdRead) {
        object { json in
            json.write(members: read.keys)
            json.name("limit")
            json.string(String(read.limit))
            if read.isSerializable {
                json.name("serializable")
                json.boolean(true)
            }
            if read.isKeysOnly {
                json.name("keys_only")
                json.boolean(true)
            }
        }
    }

    fileprivate mutating func write(_ key: EtcdRange, _ value: [UInt8]) {
        object { json in
            json.write(members: key)
            json.name("value")
            json.string(CanonicalBase64.encode(value.span))
        }
    }

    fileprivate mutating func write(_ condition: EtcdCondition) {
        object { json in
            json.write(members: condition.keys)
            json.name("target")
            json.string(condition.target.rawValue)
            json.name("result")
            json.string(condition.relation.rawValue)
            json.name(condition.target == .create ? "create_revision" : "mod_revision")
            json.string(String(condition.revision))
        }
    }

    fileprivate mutating func write(_ operation: EtcdOperation) {
        object { json in
            switch operation {
            case .read(let read):
                json.name("request_range")
                json.write(read)
            case .put(let key, let value):
                json.name("request_put")
                json.write(key, value)
            case .delete(let range):
                json.name("request_delete_range")
                json.object { json in json.write(members: range) }
            }
        }
    }
}
