import RosterFrontend
import RosterModel
import RosterSources
import Testing
import YAMLSyntax

@testable import RosterSemantics

/// A repository in memory, parsed and linked.
struct TestRepository {
    /// The files in the listing's order.
    let files: [CheckedFile]
    /// The findings of the parser.
    let parsed: Findings
    /// The findings of the linker.
    let linked: Findings
    var repository: LinkedRepository

    var listing: Listing { repository.listing }

    /// Parses and links texts by path; `declarations` is false to release those of providers.
    init(
        _ texts: [String: String],
        today: String = "2026-11-24",
        declarations: Bool = true
    ) async throws {
        let tree = MemoryTree(texts.map { ($0.key, Array($0.value.utf8)) })
        let listed = try await ListedTree(of: tree)
        let (listing, models) = (listed.listing, try await ModelsFile(of: listed))
        var parser = FileParser(listing, config: .values)
        var files: [CheckedFile] = []
        try await tree.read(listing.files[...]) { file, reading in
            files.append(CheckedFile(parser.parse(file, as: listing.role(of: file), reading)))
        }
        let projects = ProjectTable(listing: listing, roster: files[0])
        let index = SecretIndex(projects, secrets: files[listing.firstSecret...])
        var linker = Linker(index)
        var table = ProviderTable(of: listing, models: models.catalogue, capacity: listing.firstSecret)
        for file in 1..<listing.firstSecret {
            if case .provider(let provider) = files[file].record {
                table.append(provider, linker.link(provider), keepsDeclaration: declarations)
            } else {
                table.appendBroken(file)
            }
        }
        table.skip(projects: listing.projectsWithUnreadProviders)
        self.files = files
        parsed = parser.findings
        linked = linker.findings
        repository = await LinkedRepository(
            index,
            table,
            models: models,
            linkedSecrets: linker.linked,
            unresolvedLinks: linker.unresolved,
            today: try #require(CalendarDate(today))
        )
    }

    /// The findings of the linker and of the rules about the repository.
    var findings: [Finding] { linked.all + RepositoryRules.findings(in: repository).all }

    /// The rule and place of each finding.
    var report: [String] { findings.map { "\($0.rule) \(place($0.place))" } }

    /// Returns the findings of a rule.
    func findings(of rule: any Rule.Type) -> [Finding] { findings.filter { $0.rule == rule.name } }

    /// Returns the places of a rule's findings.
    func places(of rule: any Rule.Type) -> [String] { findings(of: rule).map { place($0.place) } }

    /// Returns the only finding of a rule.
    func finding(of rule: any Rule.Type) throws -> Finding {
        let found = findings(of: rule)
        try #require(found.count == 1, "\(report)")
        return found[0]
    }

    /// Returns the path, line and text of a place.
    func place(_ place: Finding.Place) -> String {
        guard case .file(let file, let span) = place else {
            if case .path(let path) = place { return path }
            return ""
        }
        let path = listing.files[file].path
        guard let span else { return path }
        let bytes = files[file].bytes
        let line = bytes[..<span.range.lowerBound].count { $0 == UInt8(ascii: "\n") } + 1
        return "\(path):\(line): \(String(decoding: bytes[span.range], as: UTF8.self))"
    }

    /// Returns the index of the file at a path.
    func file(_ path: String) throws -> FileIndex { try #require(listing.files.firstIndex { $0.path == path }) }

    /// Returns the declaration of the provider at a path.
    func provider(_ path: String) throws -> Shared<ProviderDeclaration> {
        guard case .provider(let provider) = files[try file(path)].record else { throw NoRecord(path: path) }
        return provider
    }

    /// Returns the declaration of the secret at a path.
    func secret(_ path: String) throws -> SecretDeclaration {
        guard case .secret(let secret) = files[try file(path)].record else { throw NoRecord(path: path) }
        return secret.value
    }

    /// A file without the expected record.
    private struct NoRecord: Error { var path: String }
}
