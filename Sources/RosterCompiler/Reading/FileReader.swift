import RosterModel
import RosterSources
import YAMLSyntax

/// What one file says: the outcome of every stage that needs no other file.
struct ReadFile: Sendable {
    var declaration: Declaration
    /// The file's bytes; empty when it could not be read.
    var bytes: [UInt8] = []
    /// In seconds since 1970, where the tree has such a time.
    var modified: Int64?
    var suppressions: [Suppression] = []
    /// The line of the record's first key, from 1.
    var firstLine = 1
    /// Hashes of a provider's id and name, to find those that others have too; 0 where there is none.
    var hashes = Hashes()
    /// Where a provider's link leads.
    var link = Link.nowhere
    /// Whether it was refused, so that nobody can say where it leads.
    var isLinkRefused = false
    /// Whether anybody looked into the file at all.
    var isRead = true

    /// The dates of the file itself, for want of others.
    var ownDates: FileDates { FileDates(created: modified ?? 0, updated: modified ?? 0) }

    struct Hashes: Sendable, Equatable {
        var id = 0
        var name = 0
    }

    enum Declaration: Sendable {
        case provider(Shared<ProviderDeclaration>)
        case secret(Shared<SecretDeclaration>)
        case roster(Shared<RosterDeclaration>)
        /// A provider that was read, of which nothing more is kept.
        case letGo
        /// The file could not be read, which was reported.
        case broken
    }
}

/// Takes files through reading and shape, one after another, with buffers of its own.
struct FileReader: ~Copyable {
    private var yaml = YAMLReader()
    var findings = Findings()
    /// What is kept although no rule looks at it any more.
    private let kept: KeptContents
    private var config: ConfigReader
    /// The files of the listing.
    private let files: [TreeFile]

    init(_ listing: Listing, keeping kept: KeptContents = [.bytes, .values]) {
        files = listing.files
        self.kept = kept
        config = ConfigReader(keeping: kept)
    }

    /// Reads one file.
    mutating func read(_ file: FileIndex, as role: FileRole, _ reading: consuming FileReading) -> ReadFile {
        findings.file = file
        switch consume reading {
        case .tooLarge: FileTooLarge.report(role, file: file, &findings)
        case .notRegular: SymbolicLink.report(file: file, &findings)
        case .unreadable(let failure): UnreadableFile.report(failure, file: file, &findings)
        case .contents(let bytes, let modified):
            let count = findings.all.count
            var result = read(file, as: role, bytes, modified: modified)
            let isClean = findings.all.count == count && result.suppressions.isEmpty
            if isClean, !kept.contains(.bytes) { result.bytes = [] }
            return result
        }
        return ReadFile(declaration: .broken)
    }

    private mutating func read(_ file: FileIndex, as role: FileRole, _ bytes: [UInt8], modified: Int64?) -> ReadFile {
        var result = ReadFile(declaration: .broken, bytes: bytes, modified: modified)
        let privateKeys = PrivateKeyInRepository.check(bytes, &findings)
        let scan = TextScan(bytes)
        guard scan.problems.isEmpty else {
            report(scan.problems)
            PlaintextKey.check(bytes, except: [], named: privateKeys, &findings)
            return result
        }
        yaml.read(bytes, isScanned: true, isASCII: scan.isASCII)
        report(yaml.tree.problems, in: role)
        guard yaml.tree.isComplete, let root = yaml.tree.root else {
            if yaml.tree.isComplete { reportEmpty(role) }
            PlaintextKey.check(bytes, except: [], named: privateKeys, &findings)
            return result
        }
        if scan.mayHaveSuppressions { result.suppressions = Suppressions.find(in: yaml.tree) }
        checkDecodedScalars()
        var sealed: [ByteSpan] = []
        var named = privateKeys
        var hosts: [ByteSpan] = []
        switch role {
        case .provider:
            let provider = ProviderDeclaration(file: file, root: root, in: yaml.tree, &config, &findings)
            if yaml.tree[root].kind == .mapping, let config = yaml.tree.value(of: "config", in: root) {
                let keys = PlaintextKey.checkConfig(config, in: yaml.tree, &findings)
                // A key is to be removed: how its number is written does not matter.
                findings.removeAll { finding in
                    keys.contains { finding.rewritten != nil && finding.place == .file(file, $0) }
                }
                named += keys
            }
            if provider.endpoint != nil, let base = provider.baseURL.located { hosts.append(base.span) }
            if case .invalid = provider.secret { result.isLinkRefused = true }
            result.hashes.id = provider.id?.value.hashValue ?? 0
            result.hashes.name = provider.name?.value.hashValue ?? 0
            result.declaration = .provider(Shared(provider))
        case .secret:
            let secret = SecretDeclaration(file: file, root: root, in: yaml.tree, &findings)
            sealed = secret.opaqueSpans
            if let list = secret.allowedHosts { hosts.append(list.span) }
            result.declaration = .secret(Shared(secret))
        case .roster:
            let roster = RosterDeclaration(root: root, in: yaml.tree, &findings)
            sealed = roster.opaqueSpans
            result.declaration = .roster(Shared(roster))
        }
        PlaintextKey.check(bytes, except: sealed, named: named, hosts: hosts, &findings)
        let firstKey = Int(Shape.firstKeySpan(of: root, in: yaml.tree).start)
        result.firstLine = bytes[..<firstKey].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        return result
    }

    private mutating func report(_ problems: [TextScan.Problem]) {
        for problem in problems {
            switch problem {
            case .byteOrderMark(let span): InvalidEncoding.reportByteOrderMark(at: span, &findings)
            case .utf16(let span): InvalidEncoding.reportUTF16(at: span, &findings)
            case .carriageReturns(let span): HiddenCharacter.reportCarriageReturns(at: span, &findings)
            case .nul(let span): InvalidEncoding.reportNUL(at: span, &findings)
            case .notUTF8(let span): InvalidEncoding.reportNotUTF8(at: span, &findings)
            case .hidden(let scalar, let span): HiddenCharacter.report(scalar, at: span, &findings)
            }
        }
    }

    private mutating func report(_ problems: [YAMLProblem], in role: FileRole) {
        guard !problems.isEmpty else { return }
        let mask = KeyMask(yaml.tree.source)
        for problem in problems {
            switch problem {
            case .syntax(let problem, let span, let context, let contextSpan):
                YAMLSyntaxRule.report(problem: problem, at: span, context: context, contextAt: contextSpan, &findings)
            case .mistake(let mistake, let span):
                YAMLSyntaxRule.report(mistake, at: span, in: yaml.tree, hiding: mask, shape: role.shape, &findings)
            case .conflict(let conflict):
                YAMLSyntaxRule.report(conflict, in: yaml.tree, path: files[findings.file].path, &findings)
            case .duplicateKey(let first, let second):
                DuplicateKey.report(first: first, second: second, in: yaml.tree, &findings)
            case .anotherDocument(let span): MultipleDocuments.report(at: span, in: yaml.tree, &findings)
            case .unsupported(let construct, let span):
                UnsupportedYAML.report(construct, at: span, in: yaml.tree, hiding: mask, &findings)
            case .tooDeep(let limit, let span): NestingTooDeep.report(limit: limit, at: span, &findings)
            case .layout(let layout, let span):
                YAMLSyntaxRule.report(layout, at: span, in: yaml.tree, hiding: mask, shape: role.shape, &findings)
            }
        }
    }

    private mutating func reportEmpty(_ role: FileRole) {
        MissingField.reportEmpty(role.shape, &findings)
    }

    /// What stands behind escapes, and in text that is put together from several lines, is looked at as it will be read.
    private mutating func checkDecodedScalars() {
        guard yaml.tree.hasDecodedText else { return }
        for index in yaml.tree.nodes.indices where yaml.tree[index].isScalar {
            guard yaml.tree.verbatimSpan(of: index) == nil else { continue }
            HiddenCharacter.check(index, in: yaml.tree, &findings)
            PlaintextKey.checkDecoded(index, in: yaml.tree, &findings)
        }
    }
}
