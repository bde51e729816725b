import RosterBytes
import RosterModel

/// A search for records in folders that are not read: those inside a project's folder, and those at the top level with
/// nearly the names of `providers/` and `secrets/`.
struct StrayFolders {
    /// The largest number of levels, and of entries of all folders together, that are searched.
    private static let limits = (depth: 8, entries: 10_000)
    /// The largest number of files that are read to distinguish records from other YAML files.
    private static let filesToRead = 32

    /// A folder that is not read.
    struct Folder: Sendable {
        var tree: TreeFolder
        var role: FileRole
        /// The project whose folder it is in; nil at the top of the repository.
        var project: String?
    }

    private let tree: any SourceTree
    private var entryCount = 0

    init(tree: any SourceTree) { self.tree = tree }

    /// Returns the records below folders, by folder; a folder without one is absent.
    mutating func records(in folders: [Folder]) async throws -> [String: [MisplacedRecord]] {
        var result: [String: [MisplacedRecord]] = [:]
        for folder in folders {
            let files = try await files(below: folder.tree)
            let records = folder.project == nil ? try await self.records(among: files) : files
            if records.isEmpty { continue }
            result[folder.tree.path] = records.map { file in
                MisplacedRecord(
                    path: file.path,
                    role: folder.role,
                    project: folder.project,
                    name: MeantRecordName(file.name)?.corrected,
                    folder: folder.tree.path
                )
            }
        }
        return result
    }

    /// Returns the folder that is read, for a folder at the top that has nearly its name.
    static func role(ofFolderNamedLike name: String) -> FileRole? {
        // Most names at the top of a repository are out after one comparison.
        guard (6...9).contains(name.utf8.count) else { return nil }
        let lowercased = name.lowercased()
        return [FileRole.provider, .secret].first { role in
            name != role.folder && (lowercased == role.folder || lowercased + "s" == role.folder)
        }
    }

    /// Returns the files below a folder whose names are records' names, or nearly so.
    private mutating func files(below folder: TreeFolder) async throws -> [TreeFile] {
        var files: [TreeFile] = []
        var level = [folder]
        for _ in 0..<Self.limits.depth where !level.isEmpty && entryCount < Self.limits.entries {
            let listed = try await tree.list(level, limit: Self.limits.entries - entryCount)
            var next: [TreeFolder] = []
            for (folder, entries) in zip(level, listed.map { (try? $0.get()) ?? [] }) {
                entryCount += entries.count
                for entry in entries {
                    if entry.kind == .folder, entry.name != ".git" {
                        next.append(TreeFolder(path: folder.path + "/" + entry.name, object: entry.object))
                    } else if entry.kind == .file, MeantRecordName(entry.name) != nil {
                        files.append(
                            TreeFile(
                                folder: folder.path,
                                name: entry.name,
                                object: entry.object,
                                limit: FileRole.secret.sizeLimit
                            )
                        )
                    }
                }
            }
            level = next
        }
        return files
    }

    /// Returns the files whose text has the marks of a provider or secret.
    private func records(among files: [TreeFile]) async throws -> [TreeFile] {
        let first = files.prefix(Self.filesToRead)
        var records: [TreeFile] = []
        try await tree.read(first) { index, reading in
            if case .contents(let bytes, _) = reading, Self.isRecord(bytes) { records.append(first[index]) }
        }
        return records
    }

    private static func isRecord(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        return ["defaultModel:", "aip_", "sec_", "allowedHosts:"].contains { text.contains($0) }
    }
}
