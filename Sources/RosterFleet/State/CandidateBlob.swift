import Glibc
import RosterBytes
import RosterPublication
import Synchronization

/// The bytes of a registry while it is read and checked: in the temporary file of a state folder, or in memory.
///
/// A file that cannot be written, such as on a full disk, moves the bytes into memory: the publication is still served.
final class CandidateBlob: BlobSink {
    private struct State: ~Copyable {
        var hash = SHA256()
        var count = 0
        var file: NewFile?
        /// The bytes when there is no file.
        var memory: [UInt8] = []
        /// A Boolean value that indicates whether the bytes have their name in the state folder.
        var isStored = false
    }

    let size: Int
    /// A Boolean value that indicates whether the bytes are those of the compressed registry.
    let isCompressed: Bool
    private let state: Mutex<State>

    /// Creates a buffer for a number of bytes.
    init(size: Int, isCompressed: Bool = true, file: NewFile? = nil) {
        (self.size, self.isCompressed) = (size, isCompressed)
        state = Mutex(State(file: file))
    }

    func restart() throws(SourceProblem) {
        state.withLock { state in
            state.hash = SHA256()
            (state.count, state.memory) = (0, [])
            guard let file = state.file else { return }
            do throws(FileProblem) { try file.restart() } catch {
                state.file = nil
            }
        }
    }

    func write(_ bytes: [UInt8]) throws(SourceProblem) {
        let fits = state.withLock { state in
            guard state.count + bytes.count <= size else { return false }
            state.hash.update(bytes.span)
            if let file = state.file {
                do throws(FileProblem) { try file.write(bytes) } catch {
                    Self.moveToMemory(&state)
                    state.memory += bytes
                }
            } else {
                if state.memory.isEmpty { state.memory.reserveCapacity(size) }
                state.memory += bytes
            }
            state.count += bytes.count
            return true
        }
        guard fits else {
            throw SourceProblem(
                Refusal(.digestMismatch, "the registry has more than the \(size) bytes of its manifest")
            )
        }
    }

    private static func moveToMemory(_ state: inout State) {
        state.memory = (try? state.file?.prefix(state.count)) ?? []
        // Without what was written, the digest does not match, and the blob is read again into memory.
        state.file = nil
    }

    /// Checks the digest of all bytes, and returns them.
    func bytes(of digest: Digest) throws(SourceProblem) -> [UInt8] {
        let (found, count, bytes) = state.withLock { state -> (Digest, Int, [UInt8]?) in
            let hash = exchange(&state.hash, with: SHA256())
            let found = hash.finish()
            guard let file = state.file else { return (found, state.count, state.memory) }
            return (found, state.count, try? file.prefix(state.count))
        }
        guard count == size, found == digest else {
            let message =
                count == size
                ? "the registry does not have the digest that is signed"
                : "the registry has \(count) bytes, and must have \(size)"
            throw SourceProblem(Refusal(.digestMismatch, message))
        }
        guard let bytes, bytes.count == size else {
            throw SourceProblem(.incomplete, "the registry cannot be read back from the state folder")
        }
        return bytes
    }

    /// Gives the bytes their name in a state folder; bytes in memory are written first.
    func store(as name: String, in folder: OpenFolder, mode: mode_t) throws(FileProblem) {
        try state.withLock { (state) throws(FileProblem) in
            if let file = state.file {
                do throws(FileProblem) { try file.finish() } catch {
                    Self.moveToMemory(&state)
                    throw error
                }
            } else if !state.isStored {
                // What could not be read back from the file is lost.
                guard state.memory.count == size else { throw FileProblem(errno: EIO) }
                try folder.replace(name, by: state.memory, mode: mode)
            }
            (state.file, state.memory, state.isStored) = (nil, [], true)
        }
    }
}
