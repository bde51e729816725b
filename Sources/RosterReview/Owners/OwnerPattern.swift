import RosterBytes

/// A pattern of a CODEOWNERS file, by the segments of matching paths.
struct OwnerPattern: Sendable {
    /// One part of the pattern between slashes.
    private enum Segment: Sendable {
        /// `**`: any number of segments, including none.
        case anyDepth
        /// One segment.
        case glob(OwnerGlob)
    }

    private let segments: [Segment]
    /// The literal leading segments of the pattern, joined by `/`; empty if it starts with a wildcard.
    let prefix: String
    /// The literal name that one segment of a matching path must have; nil if no name is known.
    let name: String?

    private init(_ segments: [Segment]) {
        self.segments = segments
        var literals: [String] = []
        for case .glob(let glob) in segments.prefix(while: { if case .anyDepth = $0 { false } else { true } }) {
            guard let literal = glob.literal else { break }
            literals.append(literal)
        }
        prefix = literals.joined(separator: "/")
        let globs = segments.compactMap { segment in if case .glob(let glob) = segment { glob } else { nil } }
        name = globs.lazy.compactMap(\.literal).first
    }

    /// Parses a pattern like GitHub: as in a `.gitignore`, without `!` and `[ ]`, and `folder/*` matches no file of a
    /// subfolder.
    ///
    /// See
    /// https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
    init?(github pattern: String) {
        let isInvalid = pattern.hasPrefix("!") || pattern.hasPrefix("\\#") || pattern.contains("***")
        guard !isInvalid, !pattern.contains("["), !pattern.contains("]"), pattern != "/" else { return nil }
        var parts = pattern.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var segments: [Segment] = []
        if parts.first == "" {
            parts.removeFirst()
        } else if parts.count == 1 || parts.count == 2 && parts[1].isEmpty {
            segments.append(.anyDepth)
        }
        let isFolder = parts.last == ""
        if isFolder { parts.removeLast() }
        for (index, part) in parts.enumerated() {
            if part != "**" {
                segments.append(.glob(OwnerGlob(part)))
            } else if index == parts.count - 1, !isFolder {
                segments += [.glob(OwnerGlob("*")), .anyDepth]
            } else {
                segments.append(.anyDepth)
            }
        }
        guard let last = parts.last else { return nil }
        if isFolder {
            // `a/**/` matches each folder in `a`, but not `a` itself.
            if last == "**" { segments.append(.glob(OwnerGlob("*"))) }
            segments += [.glob(OwnerGlob("*")), .anyDepth]
        } else if last != "*", last != "**" {
            segments.append(.anyDepth)
        }
        self.init(segments)
    }

    /// Parses a pattern like GitLab: as in a shell, at any depth without a leading slash, and only `folder/` matches
    /// the contents of a folder.
    ///
    /// See https://docs.gitlab.com/user/project/codeowners/reference/
    init?(gitlab pattern: String) {
        guard !pattern.contains("["), !pattern.contains("]") else { return nil }
        var parts = pattern.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var segments: [Segment] = []
        if parts.first == "" { parts.removeFirst() } else { segments.append(.anyDepth) }
        let isFolder = parts.last == ""
        if isFolder { parts.removeLast() }
        for (index, part) in parts.enumerated() {
            // `**` differs from `*` only between slashes.
            let isLast = index == parts.count - 1 && !isFolder
            segments.append(part == "**" && !isLast ? .anyDepth : .glob(OwnerGlob(part)))
        }
        if isFolder { segments += [.anyDepth, .glob(OwnerGlob("*"))] }
        guard !segments.isEmpty else { return nil }
        self.init(segments)
    }

    /// Returns whether the pattern matches a path, and adds the number of compared segments to `steps`.
    func matches(_ path: [ArraySlice<UInt8>], steps: inout Int) -> Bool {
        var (segment, part) = (0, 0)
        // The position of the last `**`, and the position in the path to retry from.
        var retry: (segment: Int, part: Int)?
        while part < path.count {
            steps += 1
            if segment < segments.count {
                switch segments[segment] {
                case .anyDepth:
                    segment += 1
                    retry = (segment, part)
                    continue
                case .glob(let glob):
                    if glob.matches(path[part], steps: &steps) {
                        (segment, part) = (segment + 1, part + 1)
                        continue
                    }
                }
            }
            guard let last = retry else { return false }
            (segment, part) = (last.segment, last.part + 1)
            retry = (segment, part)
        }
        return segments[segment...].allSatisfy { if case .anyDepth = $0 { true } else { false } }
    }
}

/// A pattern for the name of one file or folder, with `*`, `?` and characters after a backslash.
struct OwnerGlob: Sendable {
    private enum Token: Sendable, Equatable {
        case byte(UInt8)
        /// `?`: one character.
        case character
        /// `*`: any number of bytes, including none.
        case any
    }

    private var tokens: [Token] = []

    init(_ text: String) {
        var isEscaped = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\") where !isEscaped:
                isEscaped = true
                continue
            case UInt8(ascii: "*") where !isEscaped: if tokens.last != .any { tokens.append(.any) }
            case UInt8(ascii: "?") where !isEscaped: tokens.append(.character)
            default: tokens.append(.byte(byte))
            }
            isEscaped = false
        }
    }

    /// The only matching name; nil if there are several.
    var literal: String? {
        var bytes: [UInt8] = []
        for token in tokens {
            guard case .byte(let byte) = token else { return nil }
            bytes.append(byte)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Returns whether the pattern matches a name, and adds the number of compared bytes to `steps`.
    func matches(_ name: ArraySlice<UInt8>, steps: inout Int) -> Bool {
        var (token, index) = (0, name.startIndex)
        var retry: (token: Int, index: Int)?
        while index < name.endIndex {
            steps += 1
            if token < tokens.count {
                switch tokens[token] {
                case .any:
                    token += 1
                    retry = (token, index)
                    continue
                case .character:
                    token += 1
                    index = Self.characterEnd(name, after: index)
                    continue
                case .byte(let byte) where byte == name[index]:
                    (token, index) = (token + 1, index + 1)
                    continue
                case .byte: break
                }
            }
            guard let last = retry else { return false }
            (token, index) = (last.token, last.index + 1)
            retry = (token, index)
        }
        return tokens[token...].allSatisfy { $0 == .any }
    }

    /// Returns the index after a UTF-8 character.
    private static func characterEnd(_ name: ArraySlice<UInt8>, after index: Int) -> Int {
        var end = index + 1
        while end < name.endIndex, name[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}
