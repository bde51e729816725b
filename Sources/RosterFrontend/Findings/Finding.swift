package import RosterDiagnostics
package import RosterSources
package import YAMLSyntax

/// A problem that a rule found, without lines and columns.
package struct Finding: Sendable {
    package var rule: String
    package var severity: Severity
    package var place: Place
    package var message: String
    package var help: String?
    package var label: String?
    package var replacement: Diagnostic.Replacement?
    package var related: [(message: String, place: Place)] = []
    /// The new id that its help and replacement offer.
    package var freshID: FreshID?
    /// Another form of the text at the place, which is hidden if that text is.
    package var rewritten: String?

    /// A file of the listing with a span of its bytes, or the path of an object that is not read.
    package enum Place: Sendable, Hashable {
        /// The repository's own catalogue of models, with a span of its bytes.
        case models(ByteSpan?)
        case file(FileIndex, ByteSpan?)
        case path(String)
    }
}

/// The findings of rules.
package struct Findings: Sendable {
    package private(set) var all: [Finding] = []
    /// The file that is being parsed: the file of findings that are reported with a span alone.
    package var file: FileIndex = 0

    /// Creates an empty list.
    package init() {}

    package var isEmpty: Bool { all.isEmpty }

    /// A Boolean value that indicates whether there is an error, which cannot be suppressed.
    package var hasErrors: Bool { all.contains { $0.severity == .error } }

    /// The files with a finding, or with a related place of one.
    package var files: Set<FileIndex> {
        var files: Set<FileIndex> = []
        for finding in all {
            for place in [finding.place] + finding.related.map(\.place) {
                if case .file(let file, _) = place { files.insert(file) }
            }
        }
        return files
    }

    /// Reports at a span of the file that is being read.
    package mutating func report(
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
    package mutating func report(
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

    package mutating func append(contentsOf other: Findings) { all += other.all }

    /// The findings in files, by file and in order; without those at the path of an object that is not read.
    package var byFile: [FileIndex: Findings] {
        var groups: [FileIndex: Findings] = [:]
        for finding in all {
            if case .file(let file, _) = finding.place { groups[file, default: Findings()].all.append(finding) }
        }
        return groups
    }

    package mutating func removeAll(where isUnwanted: (Finding) -> Bool) { all.removeAll(where: isUnwanted) }
}
