import Foundation
import Testing

/// Expected outputs, in files relative to the project's top folder.
///
/// `ROSTER_RECORD=1` records them, and still fails.
enum ReviewFixtures {
    static let top =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/"

    /// Compares a text with a file, or records it there.
    static func expect(_ text: String, in file: String) throws {
        let url = URL(fileURLWithPath: top + file)
        if ProcessInfo.processInfo.environment["ROSTER_RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
            Issue.record("recorded \(file)")
        }
        #expect(text == String(decoding: try Data(contentsOf: url), as: UTF8.self), "\(file)")
    }
}
