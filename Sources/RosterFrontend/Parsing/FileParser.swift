package import RosterSources
import RosterModel
import YAMLSyntax

/// A parser of files, with buffers that it reuses.
package struct FileParser: ~Copyable {
    private var yaml = YAMLReader()
    /// The findings in all files so far.
    package var findings = Findings()
    private var config: ConfigReader
    /// The files of the listing.
    private let files: [TreeFile]

    /// Creates a parser for the files of a listing that reads `config` in a form.
    package init(_ listing: Listing, config form: ConfigForm) {
        files = listing.files
        config = ConfigReader(form)
    }

    /// Parses one file.
    package mutating func parse(
        _ file: FileIndex,
        as role: FileRole,
        _ reading: consuming FileReading
    ) -> ParsedFile {
        findings.file = file
        switch consume reading {
        case .tooLarge: FileTooLarge.report(role, file: file, &findings)
        case .notRegular: SymbolicLink.report(file: file, &findings)
        case .unreadable(let failure): UnreadableFile.report(failure, file: file, &findings)
        case .contents(let bytes, let modified):
            let count = findings.all.count
            var result = parse(file, as: role, bytes, modified: modified)
            result.isClean = findings.all.count == count && result.suppressions.isEmpty
            return result
        }
        return ParsedFile(declaration: .broken)
    }

    private mutating func parse(
        _ file: FileIndex,
        as role: FileRole,
        _ bytes: [UInt8],
        modified: Int64?
    ) -> ParsedFile {
        var result = ParsedFile(declaration: .broken, bytes: bytes, modified: modified)
        let privateKeys = PrivateKeyInRepository.check(bytes, &findings)
        let scan = TextScan(bytes)
        guard scan.problems.isEmpty else {
            TextRules.check(scan.problems, &findings)
            PlaintextKey.check(bytes, except: [], named: privateKeys, &findings)
            return result
        }
        yaml.read(bytes, isScanned: true, isASCII: scan.isASCII)
        SyntaxRules.check(yaml.tree, shape: role.shape, path: files[file].path, &findings)
        guard yaml.tree.isComplete, let root = yaml.tree.root else {
            if yaml.tree.isComplete { MissingField.reportEmpty(role.shape, &findings) }
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
            let provider = provider(in: file, root)
            named += checkConfig(of: file, root)
            if provider.value.endpoint != nil, let base = provider.value.baseURL.located { hosts.append(base.span) }
            result.declaration = .provider(provider)
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
        let firstKey = Int(yaml.tree.firstKeySpan(of: root).start)
        result.firstLine = bytes[..<firstKey].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        return result
    }

    /// Reads a provider, and runs the rules about it.
    private mutating func provider(in file: FileIndex, _ root: YAMLNodeIndex) -> Shared<ProviderDeclaration> {
        config.reset()
        let fields = Shape.read(root, as: ProviderKey.self, in: yaml.tree, &findings)
        let declaration = ProviderDeclaration(file: file, root: root, fields, in: yaml.tree, &config, &findings)
        for colon in config.colons {
            UnusedSetting.report(colonAt: colon.colon, in: colon.key, of: yaml.tree, &findings)
        }
        guard let slug = declaration.slug?.value else { return Shared(declaration) }
        let context = ProviderContext(consume declaration, slug.facts, fields, in: yaml.tree, &findings)
        ProviderRules.check(context, in: yaml.tree, &findings)
        return context.provider
    }

    /// Searches `config` for keys by their names, and returns their spans.
    private mutating func checkConfig(of file: FileIndex, _ root: YAMLNodeIndex) -> [ByteSpan] {
        guard yaml.tree[root].kind == .mapping, let config = yaml.tree.value(of: "config", in: root) else { return [] }
        let keys = PlaintextKey.checkConfig(config, in: yaml.tree, &findings)
        // A key must be removed: the notation of its number does not matter.
        findings.removeAll { finding in
            keys.contains { finding.rewritten != nil && finding.place == .file(file, $0) }
        }
        return keys
    }

    /// Checks the text of scalars that are written with escapes or on several lines.
    private mutating func checkDecodedScalars() {
        guard yaml.tree.hasDecodedText else { return }
        for index in yaml.tree.nodes.indices where yaml.tree[index].isScalar {
            guard yaml.tree.verbatimSpan(of: index) == nil else { continue }
            HiddenCharacter.check(index, in: yaml.tree, &findings)
            PlaintextKey.checkDecoded(index, in: yaml.tree, &findings)
        }
    }
}
