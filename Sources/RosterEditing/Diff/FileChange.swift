/// A file that an edit creates, replaces, moves or deletes.
package enum FileChange: Sendable, Hashable {
    case create(path: String, bytes: [UInt8])
    case replace(path: String, old: [UInt8], new: [UInt8])
    case move(path: String, to: String, old: [UInt8], new: [UInt8])
    case delete(path: String, old: [UInt8])

    /// The path of the file before the change or, for a new file, after it; relative to the repository.
    package var path: String {
        switch self {
        case .create(let path, _), .replace(let path, _, _), .move(let path, _, _, _), .delete(let path, _): path
        }
    }

    /// The contents of the changed paths after the change; nil for a deleted file.
    package var results: [(path: String, bytes: [UInt8]?)] {
        switch self {
        case .create(let path, let bytes): [(path, bytes)]
        case .replace(let path, _, let new): [(path, new)]
        case .move(let path, let to, _, let new): [(path, nil), (to, new)]
        case .delete(let path, _): [(path, nil)]
        }
    }
}
