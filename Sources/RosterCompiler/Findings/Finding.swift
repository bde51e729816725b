import RosterDiagnostics
import RosterSources
import YAMLSyntax

/// What a rule found, before places are counted out in lines and columns.
struct Finding: Sendable {
    var rule: String
    var severity: Severity
    var place: Place
    var message: String
    var help: String?
    var label: String?
    var replacement: Diagnostic.Replacement?
    var related: [(message: String, place: Place)] = []
    /// The new id that its help and replacement are to offer.
    var freshID: FreshID?
    /// Another form of the text at the place, which is hidden where that text is.
    var rewritten: String?

    /// A file of the listing and a stretch of its bytes, or the path of something that is not read.
    enum Place: Sendable, Hashable {
        case file(FileIndex, ByteSpan?)
        case path(String)
    }
}

/// Where rules leave what they find.
struct Findings: Sendable {
    private(set) var all: [Finding] = []
    /// The file that is being read: the place of what is reported with a span alone.
    var file: FileIndex = 0

    var isEmpty: Bool { all.isEmpty }

    /// Whether there is an error; unlike a warning it cannot be suppressed.
    var hasErrors: Bool { all.contains { $0.severity == .error } }

    /// The files that something was found in, or points to.
    var files: Set<FileIndex> {
        var files: Set<FileIndex> = []
        for finding in all {
            for place in [finding.place] + finding.related.map(\.place) {
                if case .file(let file, _) = place { files.insert(file) }
            }
        }
        return files
    }

    /// Reports at a span of the file that is being read.
    mutating func report(
        _ rule: any Rule.Type,
        at span: ByteSpan?,
        _ message: String,
        severity: Severity? = nil,
        help: String? = nil,
        label: String? = nil,
        replacement: Diagnostic.Replacement? = nil,
        related: [(message: String, place: Finding.Place)] = [],
        freshID: FreshID? = nil,
        rewritten: String? = nil
    ) {
        report(
            rule,
            at: .file(file, span),
            message,
            severity: severity,
            help: help,
            label: label,
            replacement: replacement,
            related: related,
            freshID: freshID,
            rewritten: rewritten
        )
    }

    /// Reports at any place.
    mutating func report(
        _ rule: any Rule.Type,
        at place: Finding.Place,
        _ message: String,
        severity: Severity? = nil,
        help: String? = nil,
        label: String? = nil,
        replacement: Diagnostic.Replacement? = nil,
        related: [(message: String, place: Finding.Place)] = [],
        freshID: FreshID? = nil,
        rewritten: String? = nil
    ) {
        all.append(
            Finding(
                rule: rule.name,
                severity: severity ?? rule.severity,
                place: place,
                message: message,
                help: help,
                label: label,
                replacement: replacement,
                related: related,
                freshID: freshID,
                rewritten: rewritten
            )
        )
    }

    mutating func append(contentsOf other: Findings) { all += other.all }

    mutating func removeAll(where isUnwanted: (Finding) -> Bool) { all.removeAll(where: isUnwanted) }
}
