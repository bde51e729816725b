import RosterCompiler
import RosterFrontend
import RosterModel
import RosterSources
import Testing

@testable import RosterEditing

/// An editor of a repository in memory.
enum ExampleEditor {
    static let today = CalendarDate(daysSince1970: 20_000)

    /// Creates an editor of the common example with other files added or replaced.
    static func make(_ files: [(path: String, text: String)] = []) async throws -> Editor {
        let common = RuleExample.common.filter { file in !files.contains { $0.path == file.path } }
        let compiler = Compiler(Compiler.Options(today: today))
        let tree = MemoryTree((common + files).map { ($0.path, Array($0.text.utf8)) })
        return Editor(try await compiler.analyze(tree), compiler: compiler, pathPrefix: "") { $0 + "0123456789abcdef" }
    }
}
