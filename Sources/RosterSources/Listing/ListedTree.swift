import RosterBytes
import RosterModel

/// A tree with its listing, before any file is read.
package struct ListedTree: Sendable {
    /// The tree.
    package private(set) var tree: any SourceTree
    /// The files that are read.
    package let listing: Listing
    /// The names that are refused or not read.
    package let problems: [ListingProblem]

    /// Lists a tree.
    ///
    /// - Throws: ``RepositoryError``, or an error of the tree.
    package init(of tree: any SourceTree) async throws {
        var lister = Lister(tree: tree)
        try await lister.list()
        self.tree = tree
        listing = lister.listing
        problems = lister.problems
    }

    /// Returns the same listing of another tree that has the same files.
    package func reading(from tree: any SourceTree) -> ListedTree {
        var listed = self
        listed.tree = tree
        return listed
    }

    /// Returns the indices of some files when they are providers of this listing, and when the folders of all paths still have
    /// exactly the entries that were listed; otherwise nil.
    ///
    /// A path that is in no listed folder's entries is ignored: it was a temporary file. So is a file that is not read.
    package func unmovedProviders(among paths: Set<String>) async throws -> [FileIndex]? {
        guard problems.allSatisfy(\.dependsOnNameAlone), listing.misplaced.isEmpty else { return nil }
        var names: [String: Set<String>] = [:]
        for path in paths {
            guard let slash = path.lastIndex(of: "/") else { return nil }
            names[String(path[..<slash]), default: []].insert(String(path[path.index(after: slash)...]))
        }
        let wanted = listing.folders.indices.filter { names[listing.folders[$0].path] != nil }
        guard wanted.count == names.count, wanted.allSatisfy({ listing.folders[$0].role == .provider }) else {
            return nil
        }
        var files: [Int32: [FileIndex]] = [:]
        let folders = Set(wanted.map(Int32.init))
        for index in listing.folderOfFile.indices where folders.contains(listing.folderOfFile[index]) {
            files[listing.folderOfFile[index], default: []].append(index)
        }
        var unreadFiles: [String: [String]] = [:]
        for case .unreadFile(let name, let folder) in problems { unreadFiles[folder, default: []].append(name) }
        let listed = try await tree.list(
            wanted.map { TreeFolder(path: listing.folders[$0].path) },
            limit: RepositoryLayout.entryLimit
        )
        var changed: [FileIndex] = []
        for (folder, result) in zip(wanted, listed) {
            guard case .success(let entries) = result else { return nil }
            let records = files[Int32(folder)] ?? []
            let present = Set(entries.lazy.filter { !Lister.isGitFile($0.name) }.map(\.name))
            let unread = unreadFiles[listing.folders[folder].path] ?? []
            guard entries.allSatisfy({ $0.kind == .file }), present.count == records.count + unread.count,
                records.allSatisfy({ present.contains(listing.files[$0].name) }), unread.allSatisfy(present.contains)
            else { return nil }
            let touched = names[listing.folders[folder].path] ?? []
            changed += records.filter { touched.contains(listing.files[$0].name) }
        }
        return changed.sorted()
    }

    /// The files that Roster reads, starting with `roster.yaml`.
    package var files: [TreeFile] { listing.files }

    /// Returns the paths of the secrets among some files.
    package func secrets(among files: Set<Int>) -> [String] {
        files.filter { listing.role(of: $0) == .secret }.map { listing.files[$0].path }
    }

    /// Returns whether the file at a position is a provider.
    package func isProvider(_ position: Int) -> Bool { listing.role(of: position) == .provider }

    /// Returns the positions of the files with some paths, and of every provider of some projects.
    package func positions(of paths: Set<String>, providersOf projects: Set<String>) -> Set<Int> {
        var names: [String: Set<String>] = [:]
        for path in paths {
            guard let slash = path.lastIndex(of: "/") else { continue }
            names[String(path[..<slash]), default: []].insert(String(path[path.index(after: slash)...]))
        }
        var result: Set<Int> = []
        // The files of a folder are adjacent, so each folder is looked up once.
        var folder: Int32 = -1
        var wanted: Set<String>?
        var isWhole = false
        for file in listing.files.indices.dropFirst() {
            if listing.folderOfFile[file] != folder {
                folder = listing.folderOfFile[file]
                let current = listing.folders[Int(folder)]
                wanted = names[current.path]
                isWhole = current.role == .provider && projects.contains(current.project)
            }
            if isWhole || wanted?.contains(listing.files[file].name) == true { result.insert(file) }
        }
        return result
    }

    /// Returns the positions of the files that only one of two trees has, or whose git objects differ.
    package static func differences(_ base: ListedTree?, _ head: ListedTree?) -> (base: Set<Int>, head: Set<Int>) {
        let (before, after) = (base?.listing ?? Listing(), head?.listing ?? Listing())
        var result: (base: Set<Int>, head: Set<Int>) = ([], [])
        // Both listings have the same order.
        var (one, other) = (0, 0)
        while one < before.files.count || other < after.files.count {
            guard one < before.files.count else {
                result.head.insert(other)
                other += 1
                continue
            }
            guard other < after.files.count else {
                result.base.insert(one)
                one += 1
                continue
            }
            let (was, now) = (before.files[one], after.files[other])
            if was.name == now.name, was.folder == now.folder {
                if was.object != now.object {
                    result.base.insert(one)
                    result.head.insert(other)
                }
                (one, other) = (one + 1, other + 1)
            } else if precedes(one, in: before, other, in: after) {
                result.base.insert(one)
                one += 1
            } else {
                result.head.insert(other)
                other += 1
            }
        }
        return result
    }

    /// Returns whether a file precedes another in the order of a listing: `roster.yaml`, providers, secrets, each by
    /// project and handle.
    private static func precedes(_ one: Int, in first: Listing, _ other: Int, in second: Listing) -> Bool {
        guard one > 0, other > 0 else { return one == 0 }
        let roles = (first.role(of: one), second.role(of: other))
        guard roles.0 == roles.1 else { return roles.0 == .provider }
        let projects = (first.project(of: one), second.project(of: other))
        guard projects.0 == projects.1 else { return projects.0.precedesInBytes(projects.1) }
        return Lister.precedesByHandle(first.files[one].name, second.files[other].name)
    }
}
