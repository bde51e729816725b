import Foundation
import Testing

/// Tests of the README and of the pages of the manual.
///
/// `scripts/pages` runs their commands, and `scripts/pictures` makes their pictures.
@Suite("The README and the manual")
struct ReadmeTests {
    private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ page: String) throws -> String {
        String(decoding: try Data(contentsOf: top.appending(path: page)), as: UTF8.self)
    }

    /// Returns the paths of the README and of the manual's pages.
    private static func pages() throws -> [String] {
        let manual = "Documentation/Manual.docc"
        let names = try FileManager.default.contentsOfDirectory(atPath: top.appending(path: manual).path)
        return ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "\(manual)/\($0)" }
    }

    @Test("The README is short, and begins with two sentences, a picture and the installation")
    func beginning() throws {
        let readme = try Self.text("README.md")
        #expect(readme.split(separator: "\n", omittingEmptySubsequences: false).count <= 151)
        let screen = readme.split(separator: "\n", omittingEmptySubsequences: false).prefix(24).joined(separator: "\n")
        #expect(screen.contains("](Documentation/Manual.docc/first.svg)"))
        #expect(screen.contains("/install.sh | sh\n") && screen.contains("&& roster check\n"))
    }

    @Test("Every relative link and picture leads to a file")
    func links() throws {
        for page in try Self.pages() {
            let folder = Self.top.appending(path: page).deletingLastPathComponent()
            let links = try Self.text(page).matches(of: /\]\(([^)#\s]+)(?:#[^)]*)?\)/).map { String($0.1) }
            for link in links where !link.contains("://") {
                let file = folder.appending(path: link).path
                #expect(FileManager.default.fileExists(atPath: file), "\(page): \(link)")
            }
        }
    }

    @Test("Every page of the manual is listed on its first page")
    func contents() throws {
        let first = try Self.text("Documentation/Manual.docc/Manual.md")
        for page in try Self.pages().dropFirst() where !page.hasSuffix("/Manual.md") {
            let name = page.split(separator: "/").last.map(String.init) ?? page
            #expect(first.contains("](\(name))"), "Manual.md does not list \(name)")
        }
    }
}
