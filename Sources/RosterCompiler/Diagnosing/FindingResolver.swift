import RosterBytes
import RosterDiagnostics
import RosterFrontend
import RosterModel
import RosterSemantics
import RosterSources
import YAMLSyntax

/// A conversion of findings to diagnostics: with lines and columns, masked keys and suppressions, in order.
struct FindingResolver {
    private let listing: Listing
    private let files: [CheckedFile]
    /// The prefix of every path: the path from git's top level to the repository, with a `/` at its end.
    private let pathPrefix: String
    /// The bytes of the repository's own catalogue of models.
    private let models: [UInt8]
    private var modelsPlaces: PlaceResolver?
    private var places: [FileIndex: PlaceResolver] = [:]
    private let severities: [String: Severity]
    private let makesID: (@Sendable (_ prefix: String) -> String)?
    /// The ids that were offered: no two records get the same one.
    private var offeredIDs: Set<String> = []

    init(
        listing: Listing,
        files: [CheckedFile],
        models: [UInt8],
        pathPrefix: String,
        severities: [String: Severity],
        makesID: (@Sendable (_ prefix: String) -> String)? = nil
    ) {
        self.listing = listing
        self.files = files
        self.models = models
        self.pathPrefix = pathPrefix
        self.severities = severities
        self.makesID = makesID
    }

    mutating func resolve(_ findings: Findings) -> [Diagnostic] {
        var findings = findings
        applySuppressions(&findings)
        var diagnostics: [Diagnostic] = []
        for finding in findings.all { diagnostics.append(resolve(finding)) }
        diagnostics.sort(by: Diagnostic.isOrderedBefore)
        return diagnostics
    }

    private mutating func resolve(_ finding: Finding) -> Diagnostic {
        var finding = finding
        if let freshID = finding.freshID { offer(freshID, in: &finding) }
        var related: [Diagnostic.Related] = []
        for (message, place) in finding.related {
            related.append(Diagnostic.Related(message: message, place: self.place(place)))
        }
        let hidden = hiddenText(at: finding.place)
        let hosts = hosts(of: finding)
        let rewritten = hidden == nil ? nil : finding.rewritten
        func shown(_ text: String) -> String {
            let text = Self.hide(hidden, in: KeyMask.mask(text, showing: hosts))
            return rewritten.map { text.replacing($0, with: KeyMask.mark) } ?? text
        }
        return Diagnostic(
            rule: finding.rule,
            severity: finding.severity,
            message: shown(finding.message),
            place: place(finding.place),
            help: finding.help.map(shown),
            label: finding.label.map(shown),
            replacement: finding.replacement.flatMap { replacement in
                // A replacement that must be masked is useless.
                shown(replacement.text) == replacement.text ? replacement : nil
            },
            related: related
        )
    }

    /// Puts a new id into a finding's help and replacement, or what to do where the old one must be restored.
    private mutating func offer(_ freshID: FreshID, in finding: inout Finding) {
        // A pathspec is relative to the folder that git runs in, unless it starts with `:/`.
        let path = (pathPrefix.isEmpty ? "" : ":/") + place(finding.place).path
        guard !isBound(freshID.binding) else {
            finding.help = freshID.boundHelp(path: ShellArgument.quoted(path))
            return
        }
        let id = makesID?(freshID.prefix.description)
        let offered = id.flatMap { offeredIDs.insert($0).inserted ? $0 : nil }
        finding.help = freshID.help(offered, path: ShellArgument.quoted(path))
        guard let offered, let texts = freshID.replacement else { return }
        let text = texts.before + offered + texts.after
        finding.replacement = Diagnostic.Replacement(text: text, isSafe: freshID.isSafe)
    }

    /// Returns whether sealed boxes open under an id only.
    private func isBound(_ binding: FreshID.Binding) -> Bool {
        switch binding {
        case .free: false
        case .sealed: true
        case .project(let project):
            listing.files.indices.dropFirst(listing.firstSecret).contains { listing.project(of: $0) == project }
        }
    }

    /// The hosts of the files that a finding points at.
    private mutating func hosts(of finding: Finding) -> [String] {
        var hosts: [String] = []
        for place in [finding.place] + finding.related.map(\.place) {
            if case .file(let file, _) = place { hosts += resolver(of: file).hosts }
        }
        return hosts
    }

    /// Returns the text at a place, when it must not be shown there nor in the message about it.
    private mutating func hiddenText(at place: Finding.Place) -> String? {
        guard case .file(let file, let span?) = place else { return nil }
        return resolver(of: file).hiddenText(at: span)
    }

    /// Takes a text out of another, which may quote it cut short.
    private static func hide(_ hidden: String?, in text: String) -> String {
        guard let hidden = hidden?.trimmingQuotes, hidden.utf8.count >= 4 else { return text }
        let start = String(hidden.unicodeScalars.prefix(quotedLimit))
        return text.replacing(String(hidden), with: KeyMask.mark).replacing(start, with: KeyMask.mark)
    }

    private mutating func place(_ place: Finding.Place) -> Diagnostic.Place {
        switch place {
        case .path(let path): Diagnostic.Place(path: pathPrefix + path)
        case .file(let file, let span): resolver(of: file).place(span)
        case .models(let span): modelsResolver().place(span)
        }
    }

    private mutating func modelsResolver() -> PlaceResolver {
        if let modelsPlaces { return modelsPlaces }
        let resolver = PlaceResolver(path: pathPrefix + RepositoryLayout.modelsFile, bytes: models)
        modelsPlaces = resolver
        return resolver
    }

    private mutating func resolver(of file: FileIndex) -> PlaceResolver {
        if let known = places[file] { return known }
        let resolver = PlaceResolver(path: pathPrefix + listing.files[file].path, bytes: files[file].bytes)
        places[file] = resolver
        return resolver
    }

    // MARK: - Suppressions

    /// Removes the warnings that a comment silences, and reports the comments that silence nothing.
    private mutating func applySuppressions(_ findings: inout Findings) {
        let silencing = files.indices.filter { !files[$0].suppressions.isEmpty }
        guard !silencing.isEmpty else { return }
        var used: Set<ByteSpanInFile> = []
        var suppressions: [FileIndex: SuppressedLines] = [:]
        for file in silencing { suppressions[file] = SuppressedLines(files[file].suppressions) }
        var lines: [Int: Int] = [:]
        for (index, finding) in findings.all.enumerated() {
            if case .file(let file, let span?) = finding.place, suppressions[file] != nil {
                lines[index] = resolver(of: file).line(of: Int(span.start))
            }
        }
        var index = -1
        findings.removeAll { finding in
            index += 1
            guard finding.severity == .warning, case .file(let file, _) = finding.place, let line = lines[index],
                let span = suppressions[file]?[finding.rule, line]
            else { return false }
            used.insert(ByteSpanInFile(file: file, span: span))
            return true
        }
        for file in silencing {
            for suppression in files[file].suppressions
            where !used.contains(ByteSpanInFile(file: file, span: suppression.span)) {
                UnusedSuppression.report(suppression, file: file, severities: severities, &findings)
            }
        }
    }

    /// The suppressions of a file that count, by rule and line.
    private struct SuppressedLines {
        private struct Key: Hashable {
            var rule: String
            var line: Int
        }

        private var spans: [Key: ByteSpan] = [:]

        init(_ suppressions: [Suppression]) {
            for suppression in suppressions where suppression.hasReason {
                for line in suppression.lines {
                    let key = Key(rule: suppression.rule, line: line)
                    if spans[key] == nil { spans[key] = suppression.span }
                }
            }
        }

        /// The first comment that silences a rule on a line.
        subscript(rule: String, line: Int) -> ByteSpan? { spans[Key(rule: rule, line: line)] }
    }

    private struct ByteSpanInFile: Hashable {
        var file: FileIndex
        var span: ByteSpan
    }
}
