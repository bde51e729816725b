package import Foundation

/// A folder that one test writes to; it is deleted with its last reference.
package final class ScratchFolder: Sendable {
    package let path: String
    /// Another folder that is kept as long as this one.
    package let companion: ScratchFolder?

    /// Creates an empty folder.
    package init(keeping companion: ScratchFolder? = nil) throws {
        self.companion = companion
        path =
            FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "roster-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a text file and creates its folders.
    package func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

    /// Writes a file and creates its folders.
    package func write(_ name: String, _ bytes: Data) throws {
        let url = URL(fileURLWithPath: path).appending(path: name)
        let folder = url.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try bytes.write(to: url)
    }

    /// Returns the text of a file.
    package func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path).appending(path: name)), as: UTF8.self)
    }

    package func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

    /// Creates a repository of one project and one provider, without errors.
    package static func repository(keeping companion: ScratchFolder? = nil) throws -> ScratchFolder {
        let folder = try ScratchFolder(keeping: companion)
        try folder.write(
            "roster.yaml",
            "roster: 1\nprojects:\n  acme:\n    id: proj_V1StGXR8Z5jdHi6B\n    name: Acme\n"
        )
        try folder.write("providers/acme/local.yaml", provider)
        return folder
    }

    /// The provider of ``repository(keeping:)``.
    package static let provider = """
        id: aip_5mLd1oQaRw7yXz2B
        name: Local model
        provider: ollama
        defaultModel: llama3.2

        """
}
