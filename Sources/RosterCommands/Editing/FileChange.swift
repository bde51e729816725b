/// One file that an edit makes, replaces or takes away.
enum FileChange {
    case create(path: String, bytes: [UInt8])
    case replace(path: String, old: [UInt8], new: [UInt8])
    case delete(path: String, old: [UInt8])

    /// Relative to the repository.
    var path: String {
        switch self {
        case .create(let path, _), .replace(let path, _, _), .delete(let path, _): path
        }
    }

    /// What the file holds afterwards; nil when it is gone.
    var result: [UInt8]? {
        switch self {
        case .create(_, let bytes): bytes
        case .replace(_, _, let new): new
        case .delete: nil
        }
    }
}
