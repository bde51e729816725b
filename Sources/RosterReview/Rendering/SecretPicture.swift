import RosterBytes
import RosterModel

/// A Mermaid diagram of the providers that use changed secrets, colored by risk.
///
/// Its labels are handles only, which consist of `a-z`, `0-9`, `-` and a `/`.
struct SecretPicture {
    /// The maximum number of boxes in a legible diagram.
    private static let nodeLimit = 12

    /// Colors with enough contrast on a light and on a dark page.
    private static let styles = [
        ("critical", "fill:#ffcecb,stroke:#a40e26,color:#4c0610,stroke-width:2px"),
        ("high", "fill:#ffd8b5,stroke:#bc4c00,color:#471700,stroke-width:2px"),
        ("medium", "fill:#fff1b0,stroke:#9a6700,color:#3b2300"),
        ("low", "fill:#ddf4ff,stroke:#0969da,color:#0a3069"),
        ("unchanged", "fill:#eaeef2,stroke:#6e7781,color:#24292f"),
    ]

    private let risks: [String: Risk]
    private let links: [Review.SecretLinks]

    init(_ review: Review) {
        var risks: [String: Risk] = [:]
        for change in review.changes {
            guard change.kind == .secret || change.kind == .provider, let handle = change.handle else { continue }
            let key = "\(change.kind.rawValue) \(handle)"
            risks[key] = max(risks[key] ?? .low, change.risk)
        }
        // The highest risk comes first, if not all fit.
        let ranked = review.links.filter { !$0.providers.isEmpty }.map { ($0, risks["secret \($0.secret)"] ?? .low) }
        links = ranked.sorted { one, other in
            one.1 == other.1 ? one.0.secret.precedesInBytes(other.0.secret) : one.1 > other.1
        }.map(\.0)
        self.risks = risks
    }

    /// Returns the diagram; empty if it would only show one provider of one secret, as the table does.
    func render() -> String {
        guard links.count > 1 || links.contains(where: { $0.providers.count > 1 }) else { return "" }
        var lines: [String] = []
        var (nodes, shownSecrets, shownProviders) = (0, 0, 0)
        for (number, link) in links.enumerated() {
            // A secret without room for one of its providers is omitted.
            guard nodes + 2 <= Self.nodeLimit else { break }
            // Each following secret reserves room for itself and one provider, if possible.
            let waiting = min(links.count - number - 1, (Self.nodeLimit - nodes - 2) / 2)
            let room = Self.nodeLimit - nodes - 1 - 2 * waiting
            lines.append("    s\(number)[(\"\(Self.label(link.secret))\")]:::\(style("secret", link.secret))")
            for (index, provider) in ranked(link.providers).prefix(room).enumerated() {
                let node = "p\(number)x\(index)[\"\(Self.label(provider))\"]:::\(style("provider", provider))"
                lines.append("    s\(number) --- \(node)")
                (nodes, shownProviders) = (nodes + 1, shownProviders + 1)
            }
            (nodes, shownSecrets) = (nodes + 1, shownSecrets + 1)
        }
        let left = [
            (links.count - shownSecrets, "secret"),
            (links.reduce(0) { $0 + $1.providers.count } - shownProviders, "provider"),
        ].filter { $0.0 > 0 }.map { ReviewWords.count($0.0, $0.1) }
        let rest = left.isEmpty ? "" : "\nNot in the picture: \(left.joined(separator: " and ")).\n"
        for (name, style) in Self.styles where lines.contains(where: { $0.hasSuffix(":::" + name) }) {
            lines.append("    classDef \(name) \(style)")
        }
        return "\n```mermaid\ngraph LR\n\(lines.joined(separator: "\n"))\n```\n\(rest)"
    }

    private func style(_ kind: String, _ handle: String) -> String { risks["\(kind) \(handle)"]?.name ?? "unchanged" }

    /// Returns the providers with the changed ones first, by risk.
    private func ranked(_ providers: [String]) -> [String] {
        func rank(_ handle: String) -> Int { risks["provider \(handle)"]?.rawValue ?? -1 }
        return providers.enumerated().sorted { one, other in
            let ranks = (rank(one.element), rank(other.element))
            return ranks.0 == ranks.1 ? one.offset < other.offset : ranks.0 > ranks.1
        }.map(\.element)
    }

    private static func label(_ handle: String) -> String {
        String(String.UnicodeScalarView(handle.unicodeScalars.filter { $0.isASCII && $0 != "\"" && $0 != "`" }))
    }
}
