extension GitRepository {
    /// Returns the commit that a revision names: a branch, a tag, an id, or any other way that git knows.
    ///
    /// - Throws: ``GitError/unknownRevision(_:)``; ``GitError/ambiguousRevision(_:fullNames:)`` when a tag, a branch, a
    ///   remote's branch or the start of an id with this name are different objects. The reader meant one of them, and
    ///   git would silently take another.
    package func commit(named revision: String) async throws -> String {
        async let commit = resolve(revision)
        try await requireOneMeaning(of: revision)
        guard let commit = try await commit else { throw try await unknown(revision) }
        return commit
    }

    /// Returns the tree that a revision names, directly or as that of a commit; nil when there is none.
    ///
    /// - Throws: ``GitError/ambiguousRevision(_:fullNames:)``, as for a commit.
    package func treeID(named revision: String) async throws -> String? {
        try await requireOneMeaning(of: revision)
        return try await resolve(revision, "tree")
    }

    /// Returns the error for a revision that names no commit.
    private func unknown(_ revision: String) async throws -> GitError {
        guard revision.contains(where: { $0 == "~" || $0 == "^" }), try await resolve(revision, "tree") == nil else {
            return .unknownRevision(revision)
        }
        if let file = usedGraftsFile() { return .hiddenAncestor(revision, graftsFile: file) }
        return try await isShallow() ? .hiddenAncestor(revision, graftsFile: nil) : .unknownRevision(revision)
    }

    /// Checks that the name in a revision, which can be an expression, is the name of one object only.
    private func requireOneMeaning(of revision: String) async throws {
        let name = Self.name(in: revision)
        guard !name.isEmpty, !name.hasPrefix("refs/"), !Self.isWholeID(name) else { return }
        async let meaning = resolve(name, "")
        async let tag = resolve("refs/tags/\(name)", "")
        async let branch = resolve("refs/heads/\(name)", "")
        async let remote = resolve("refs/remotes/\(name)", "")
        let found = [("tags", try await tag), ("heads", try await branch), ("remotes", try await remote)]
        var meanings = found.compactMap { kind, object in object.map { (name: "refs/\(kind)/\(name)", object: $0) } }
        guard !meanings.isEmpty else { return }
        if Self.isAbbreviation(name) {
            for id in try await objects(abbreviated: name) { meanings.append((id, try await resolve(id, "") ?? id)) }
        }
        let object = try await meaning
        guard meanings.allSatisfy({ $0.object == object }) else {
            throw GitError.ambiguousRevision(name, fullNames: meanings.map(\.name))
        }
    }

    /// Returns the ids of the objects that begin with some digits.
    private func objects(abbreviated digits: String) async throws -> [String] {
        try await git.answer(["rev-parse", "--disambiguate=" + digits]).get().split(separator: "\n").map(String.init)
    }

    /// Returns the name of a ref that a revision begins with; empty when it begins with something else.
    private static func name(in revision: String) -> String {
        let end = revision.utf8.indices.first { index in
            switch revision.utf8[index] {
            case UInt8(ascii: "@"): revision.utf8[index...].dropFirst().first == UInt8(ascii: "{")
            case let byte: byte < 0x20 || "~^:?*[\\ ".utf8.contains(byte)
            }
        }
        return String(Substring(revision.utf8[..<(end ?? revision.utf8.endIndex)]))
    }

    private static func isWholeID(_ name: String) -> Bool {
        [40, 64].contains(name.utf8.count) && name.utf8.allSatisfy(isHexDigit)
    }

    /// Returns true when a name has the form of an abbreviated id, which has at least seven digits.
    private static func isAbbreviation(_ name: String) -> Bool {
        (7..<64).contains(name.utf8.count) && name.utf8.allSatisfy(isHexDigit)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { Character(UnicodeScalar(byte)).isHexDigit }
}
