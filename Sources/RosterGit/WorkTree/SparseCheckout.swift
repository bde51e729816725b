import Glibc
package import RosterSources
import Subprocess

/// The files of the index that are left out of the working tree: those with git's skip-worktree bit.
///
/// See git-sparse-checkout(1), and git-update-index(1) for the bit that is set by hand.
package struct SparseCheckout: Sendable {
    /// A file of the index that is left out.
    package struct Entry: Sendable, Hashable {
        /// Relative to git's top level.
        package var path: String
        package var kind: TreeEntry.Kind
        /// The id of the object in the index.
        package var object: String
    }

    private let topLevel: GitTopLevel
    private let git: GitProgram

    /// Creates the checkout of a top level; `environment` returns the value of a variable, nil when it is not set.
    package init(of topLevel: GitTopLevel, environment: (_ name: String) -> String?) {
        self.topLevel = topLevel
        git = GitProgram(folder: topLevel.folder, isBare: topLevel.isBare, environment: environment)
    }

    /// Returns a file that is left out, at or below one of some paths; nil when there is none.
    ///
    /// Runs git only when the index has a format that allows such files. Paths are relative to git's top level.
    package func firstEntry(below paths: [String]) async throws -> Entry? {
        try await entries(below: paths, limit: 1).first
    }

    /// Returns all files that are left out, in the order of the index.
    package func entries() async throws -> [Entry] { try await entries(below: [], limit: .max) }

    private func entries(below paths: [String], limit: Int) async throws -> [Entry] {
        guard !topLevel.isBare, Self.isPossible(in: topLevel) else { return [] }
        let arguments = ["ls-files", "-t", "-s", "-z", "--"] + paths.map { ":(top,literal)\($0)" }
        do {
            return try await git.stream(arguments, patience: .longHistory) { input, output in
                try await input.finish()
                var found: [Entry] = []
                while found.count < limit, let token = try await output.token(endedBy: 0) {
                    guard token.starts(with: "S ".utf8) else { continue }
                    guard let entry = Entry(token.dropFirst(2)) else {
                        throw GitError.malformedAnswer(command: "ls-files")
                    }
                    found.append(entry)
                }
                return found
            }
        } catch GitError.failed(let command, let reason) {
            if case .failure(.failed(_, let refusal)) = try await git.answer(["rev-parse", "--git-dir"]) {
                throw topLevel.refusal(reason: refusal)
            }
            throw GitError.failed(command: command, reason: reason)
        }
    }

    /// Returns false when the index cannot have files with the skip-worktree bit.
    ///
    /// The bit needs version 3 of the index or a later one. A split index keeps most of its entries in other files.
    ///
    /// See gitformat-index(5).
    package static func isPossible(in topLevel: GitTopLevel) -> Bool {
        guard let folder = topLevel.gitFolder else { return true }
        let file = unsafe open(folder + "/index", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        // Without an index there is no checkout.
        guard file >= 0 else { return errno != ENOENT }
        defer { close(file) }
        var header = [UInt8](repeating: 0, count: 8)
        let count = unsafe header.withUnsafeMutableBytes { unsafe pread(file, $0.baseAddress, $0.count, 0) }
        guard count == header.count, header == Array("DIRC".utf8) + [0, 0, 0, 2] else { return true }
        guard let stream = unsafe opendir(folder) else { return true }
        defer { unsafe closedir(stream) }
        while let entry = unsafe readdir(stream) {
            let isShared = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { name in
                unsafe name.starts(with: "sharedindex.".utf8)
            }
            if isShared { return true }
        }
        return false
    }
}

extension SparseCheckout.Entry {
    /// Reads `<mode> <id> <stage>`, a tab and the path.
    fileprivate init?(_ text: ArraySlice<UInt8>) {
        guard let tab = text.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
        let words = text[..<tab].split(separator: UInt8(ascii: " "))
        guard words.count == 3 else { return nil }
        path = String(decoding: text[(tab + 1)...], as: UTF8.self)
        kind = TreeObject.kind(words[0])
        object = String(decoding: words[1], as: UTF8.self)
    }
}

extension GitTopLevel {
    /// The folder of this working tree's index and `HEAD`; nil when only git can find it.
    ///
    /// See gitrepository-layout(5): `.git` is that folder, or a file that names it.
    fileprivate var gitFolder: String? {
        let path = folder + "/.git"
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        if status.st_mode & S_IFMT == S_IFDIR { return path }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 2 * Int(PATH_MAX)) { buffer, count in
            count = max(0, unsafe pread(file, buffer.baseAddress, buffer.count, 0))
        }
        let prefix = Array("gitdir: ".utf8)
        guard bytes.starts(with: prefix), bytes.count < 2 * Int(PATH_MAX) else { return nil }
        var name = bytes[prefix.count...]
        while name.last == UInt8(ascii: "\n") || name.last == UInt8(ascii: "\r") { name.removeLast() }
        let named = String(decoding: name, as: UTF8.self)
        return named.hasPrefix("/") ? named : folder + "/" + named
    }
}
