import Glibc
import RosterSemantics

/// Makes the changes of an edit in a folder of the file system, each file atomically.
///
/// A lock on the repository's folder serializes writers while they compare the files with what they read and replace
/// them. So of two edits that started from the same file, the later one detects the change.
package struct WorkingTreeWriter: Sendable {
    private let root: String

    /// Creates a writer for the repository in a folder.
    package init(root: String) { self.root = root }

    /// Makes all changes, or none if a file differs from the one that was edited.
    ///
    /// `progress` is called with the number of completed changes.
    package func apply(_ changes: [FileChange], progress: (_ done: Int) -> Void = { _ in }) throws(EditFailure) {
        let lock = unsafe open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw EditFailure.cannotWrite(root, errno: errno) }
        // Closing the descriptor releases the lock.
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw EditFailure.cannotWrite(root, errno: errno) }
        }
        for change in changes { try compare(change) }
        let missingFolders = missingFolders(of: changes)
        let steps = try steps(of: changes)
        var done = 0
        for (number, step) in steps.enumerated() {
            do throws(EditFailure) {
                try make(step)
            } catch {
                undo(steps[..<number].reversed())
                // A folder with another program's file stays: only an empty one is removed.
                for folder in missingFolders.reversed() { unsafe rmdir(root + "/" + folder) }
                throw error
            }
            guard step.finishesChange else { continue }
            done += 1
            progress(done)
        }
    }

    /// One write of an edit.
    private enum Step {
        case create(path: String, bytes: [UInt8], mode: mode_t?, isMove: Bool)
        case replace(path: String, old: [UInt8], new: [UInt8])
        case delete(path: String, old: [UInt8], mode: mode_t?)

        /// A Boolean value that indicates whether a change is complete after this step.
        var finishesChange: Bool { if case .create(_, _, _, let isMove) = self { !isMove } else { true } }
    }

    /// Returns the writes of an edit: first new files, then replaced ones, then removals.
    ///
    /// A process that is killed between two of them leaves a file under both of its names, but never a link to a file
    /// that does not exist.
    private func steps(of changes: [FileChange]) throws(EditFailure) -> [Step] {
        var (creations, replacements, deletions): ([Step], [Step], [Step]) = ([], [], [])
        for change in changes {
            switch change {
            case .create(let path, let bytes):
                creations.append(.create(path: path, bytes: bytes, mode: nil, isMove: false))
            case .replace(let path, let old, let new):
                replacements.append(.replace(path: path, old: old, new: new))
            case .move(let path, let to, let old, let new):
                let mode = try RepositoryFile(path, in: root).read().mode
                creations.append(.create(path: to, bytes: new, mode: mode, isMove: true))
                deletions.append(.delete(path: path, old: old, mode: mode))
            case .delete(let path, let old):
                deletions.append(.delete(path: path, old: old, mode: nil))
            }
        }
        return creations + replacements + deletions
    }

    private func compare(_ change: FileChange) throws(EditFailure) {
        switch change {
        case .create: break
        case .replace(let path, let old, _), .move(let path, _, let old, _), .delete(let path, let old):
            let found: [UInt8]
            do throws(EditFailure) {
                found = try RepositoryFile.bytes(at: path, in: root)
            } catch {
                guard error.code == .unreadable, unsafe access(root + "/" + path, F_OK) != 0 else { throw error }
                found = []
            }
            guard found == old else {
                throw EditFailure(
                    .changed,
                    "nothing was written: \(path) changed while it was being edited",
                    help: "run the command again"
                )
            }
        }
        if case .move(_, let to, _, _) = change { try refuseExisting(to) }
        if case .create(let path, _) = change { try refuseExisting(path) }
    }

    /// Returns the folders that changes create, parents first.
    private func missingFolders(of changes: [FileChange]) -> [String] {
        var folders: [String] = []
        for change in changes {
            let path: String
            switch change {
            case .create(let created, _): path = created
            case .move(_, let to, _, _): path = to
            case .replace, .delete: continue
            }
            for slash in path.indices where path[slash] == "/" {
                let folder = String(path[..<slash])
                if !folders.contains(folder), unsafe access(root + "/" + folder, F_OK) != 0 { folders.append(folder) }
            }
        }
        return folders
    }

    private func refuseExisting(_ path: String) throws(EditFailure) {
        var status = stat()
        guard unsafe lstat(root + "/" + path, &status) != 0 else {
            throw EditFailure(.exists, "\(path) is there already")
        }
    }

    private func make(_ step: Step) throws(EditFailure) {
        switch step {
        case .create(let path, let bytes, let mode, _):
            let file = try RepositoryFile(path, in: root, makingFolders: true)
            try AtomicFile.write(bytes, to: file.name, in: file.folder, path: path, isNew: true, mode: mode)
        case .replace(let path, let old, let new):
            guard old != new else { return }
            let file = try RepositoryFile(path, in: root)
            try AtomicFile.write(new, to: file.name, in: file.folder, path: path)
        case .delete(let path, _, _):
            try Self.unlink(try RepositoryFile(path, in: root))
        }
    }

    private static func unlink(_ file: borrowing RepositoryFile) throws(EditFailure) {
        guard unsafe unlinkat(file.folder, file.name, 0) == 0 else {
            throw EditFailure.cannotWrite(file.path, errno: errno)
        }
        fsync(file.folder)
    }

    /// Reverses the steps of an edit that failed, as far as possible.
    private func undo(_ steps: some Sequence<Step>) {
        for step in steps {
            let reverse: Step =
                switch step {
                case .create(let path, let bytes, let mode, _): .delete(path: path, old: bytes, mode: mode)
                case .replace(let path, let old, let new): .replace(path: path, old: new, new: old)
                case .delete(let path, let old, let mode):
                    .create(path: path, bytes: old, mode: mode, isMove: false)
                }
            try? make(reverse)
        }
    }
}
