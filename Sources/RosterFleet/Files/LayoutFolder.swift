import Glibc
import RosterBytes
import RosterPublication

/// The files of an OCI image layout in a folder.
struct LayoutFolder: Sendable {
    /// The absolute path, without a slash at its end.
    let path: String

    /// The path of the index.
    var indexPath: String { path + "/index.json" }
    /// The path of the folder with the blobs.
    var blobsPath: String { path + "/blobs/sha256" }

    /// Returns the path of a blob.
    func blobPath(_ digest: Digest) -> String { blobsPath + "/" + digest.hex }

    /// Reads the index; nil when there is none.
    func index() throws(SourceProblem) -> LayoutIndex? {
        let bytes: [UInt8]
        do { bytes = try ReadFile(indexPath).whole(limit: PublicationLimits.manifest) } catch {
            if error.isMissing { return nil }
            throw Self.problem(error, "the index of the folder")
        }
        do { return try LayoutIndex(bytes) } catch { throw SourceProblem(error) }
    }

    /// Reads a small blob, and checks its digest.
    func content(of descriptor: Descriptor, _ name: String, limit: Int) throws(SourceProblem) -> [UInt8] {
        if let data = descriptor.data { return data }
        guard descriptor.size <= limit else {
            throw SourceProblem(.content(.tooLarge), "\(name) has \(descriptor.size) bytes, more than \(limit)")
        }
        let bytes: [UInt8]
        do { bytes = try ReadFile(blobPath(descriptor.digest)).whole(limit: limit) } catch {
            throw Self.problem(error, name)
        }
        do { try descriptor.check(bytes, name) } catch { throw SourceProblem(error) }
        return bytes
    }

    /// Reads the manifest of a channel.
    func manifest(of channel: Channel) throws(SourceProblem) -> [UInt8]? {
        guard let index = try index() else { return nil }
        let descriptor: Descriptor?
        do { descriptor = try index.manifest(of: channel) } catch { throw SourceProblem(error) }
        guard let descriptor else { return nil }
        return try content(of: descriptor, "the manifest", limit: PublicationLimits.manifest)
    }

    /// Describes a file that cannot be read; parts of a copy arrive in any order.
    static func problem(_ problem: FileProblem, _ name: String) -> SourceProblem {
        switch problem.code {
        case ENOENT, ENOTDIR: SourceProblem(.incomplete, "\(name) is not there yet")
        case EACCES, EPERM: SourceProblem(.unauthorized, "\(name) cannot be read: \(problem.reason)")
        case EFBIG: SourceProblem(.content(.tooLarge), "\(name) is too large: \(problem.reason)")
        default: SourceProblem(.unreachable, "\(name) cannot be read: \(problem.reason)")
        }
    }
}
