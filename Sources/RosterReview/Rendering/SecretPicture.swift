/// A Mermaid picture of which providers hang on which changed secrets.
///
/// Its labels are handles only, and those hold nothing but `a-z`, `0-9`, `-` and the `/` between them.
enum SecretPicture {
    private static let limit = 40

    static func render(_ links: [Review.SecretLinks]) -> String {
        guard !links.isEmpty else { return "" }
        var lines: [String] = []
        var left = limit
        for (number, link) in links.prefix(limit).enumerated() {
            lines.append("    s\(number)[(\"\(label(link.secret))\")]")
            for (index, provider) in link.providers.prefix(max(0, left)).enumerated() {
                lines.append("    s\(number) --- p\(number)x\(index)[\"\(label(provider))\"]")
            }
            left -= link.providers.count
        }
        let cut = left < 0 || links.count > limit ? "\nThe picture is cut: more providers hang on these secrets.\n" : ""
        return "\n```mermaid\ngraph LR\n\(lines.joined(separator: "\n"))\n```\n\(cut)"
    }

    private static func label(_ handle: String) -> String {
        String(String.UnicodeScalarView(handle.unicodeScalars.filter { $0.isASCII && $0 != "\"" && $0 != "`" }))
    }
}
