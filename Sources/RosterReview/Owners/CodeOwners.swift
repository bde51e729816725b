/// The owners of files in a CODEOWNERS file.
///
/// The last matching pattern for a path decides, and one without owners leaves the path without owners. GitLab has
/// sections, each with separate owners.
struct CodeOwners: Sendable {
    /// The syntax of a CODEOWNERS file.
    enum Dialect: Sendable {
        case github
        case gitlab
    }

    /// The maximum size of a file in bytes, as on GitHub.
    static let sizeLimit = 3 << 20
    /// The maximum number of owners of one path.
    static let ownerLimit = 100
    /// The maximum number of compared segments and bytes for all paths together.
    static let stepLimit = 20_000_000

    private struct Rule: Sendable {
        var pattern: OwnerPattern
        var owners: [String]
        var section: Int
        /// A Boolean value that indicates whether matching paths have no owner in the section, regardless of later rules.
        var isExclusion = false
    }

    private var rules: [Rule] = []
    private var sectionCount = 1
    /// Positions of rules with literal leading segments, by these segments.
    private var byPrefix: [String: [Int]] = [:]
    /// Positions of rules with a leading wildcard, by a name that a matching path must have.
    private var byName: [String: [Int]] = [:]
    /// Positions of the other rules.
    private var others: [Int] = []

    /// Parses a file; lines that the host cannot parse are skipped, as on the host.
    init(_ text: String, dialect: Dialect) {
        switch dialect {
        case .github: readGitHub(text)
        case .gitlab: readGitLab(text)
        }
        for (index, rule) in rules.enumerated() {
            if !rule.pattern.prefix.isEmpty {
                byPrefix[rule.pattern.prefix, default: []].append(index)
            } else if let name = rule.pattern.name {
                byName[name, default: []].append(index)
            } else {
                others.append(index)
            }
        }
    }

    // MARK: Reading

    private mutating func readGitHub(_ text: String) {
        for line in OwnersLine.lines(of: text) {
            guard let line = OwnersLine(line), let pattern = OwnerPattern(github: line.pattern),
                line.owners.allSatisfy(OwnersLine.isOwner)
            else { continue }
            rules.append(Rule(pattern: pattern, owners: line.owners, section: 0))
        }
    }

    private mutating func readGitLab(_ text: String) {
        var section = 0
        var defaults: [String] = []
        var sections: [String: (number: Int, defaults: [String])] = [:]
        for line in OwnersLine.lines(of: text) {
            if let heading = OwnersLine.Heading(line) {
                let owners = heading.owners.filter(OwnersLine.isOwner)
                let key = heading.name.lowercased()
                if let known = sections[key] {
                    // Sections with the same name are one section.
                    (section, defaults) = (known.number, owners.isEmpty ? known.defaults : owners)
                } else {
                    (section, defaults) = (sectionCount, owners)
                    sectionCount += 1
                }
                sections[key] = (section, defaults)
                continue
            }
            guard let line = OwnersLine(line) else { continue }
            let isExclusion = line.pattern.hasPrefix("!")
            guard let pattern = OwnerPattern(gitlab: isExclusion ? String(line.pattern.dropFirst()) : line.pattern)
            else { continue }
            let owners = line.owners.filter(OwnersLine.isOwner)
            rules.append(
                Rule(
                    pattern: pattern,
                    owners: owners.isEmpty ? defaults : owners,
                    section: section,
                    isExclusion: isExclusion
                )
            )
        }
    }

    // MARK: Looking up

    /// Returns the owners of a path; nil if it has too many, or if `steps` exceeds the limit.
    func owners(of path: String, steps: inout Int) -> [String]? {
        let bytes = Array(path.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "/"))
        var candidates: [Int] = others
        var prefix = ""
        for part in parts {
            let name = String(decoding: part, as: UTF8.self)
            prefix += prefix.isEmpty ? name : "/" + name
            candidates += byPrefix[prefix] ?? []
            candidates += byName[name] ?? []
        }
        var last: [Int: Int] = [:]
        var excluded: Set<Int> = []
        for index in candidates {
            let rule = rules[index]
            guard rule.isExclusion || (last[rule.section] ?? -1) < index else { continue }
            guard steps < Self.stepLimit else { return nil }
            steps += 1
            guard rule.pattern.matches(parts, steps: &steps) else { continue }
            if rule.isExclusion { excluded.insert(rule.section) } else { last[rule.section] = index }
        }
        var known: Set<String> = []
        let owners = last.filter { !excluded.contains($0.key) }.sorted { $0.key < $1.key }
            .flatMap { rules[$0.value].owners }.filter { known.insert($0).inserted }
        return owners.count > Self.ownerLimit ? nil : owners
    }
}
