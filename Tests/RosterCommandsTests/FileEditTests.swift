import Foundation
import RosterCompiler
import RosterJSON
import RosterModel
import RosterSources
import RosterTestSupport
import Testing

@testable import RosterEditing

/// The commands that the server suggests have the effect of its patches.
@Suite("Suggested edits")
struct FileEditTests {
    static let updates: [ProviderUpdate] = [
        ProviderUpdate(fields: [(["defaultModel"], .string("gpt-5.4"))]),
        ProviderUpdate(fields: [(["name"], .string("-it's $HOME \"é\" `x`"))]),
        ProviderUpdate(fields: [(["config", "retry", "max"], .integer(3)), (["config", "no"], .string("no"))]),
        ProviderUpdate(fields: [(["config", "a"], .null), (["baseUrl"], .string("http://127.0.0.1:9/v1"))]),
        ProviderUpdate(handle: "moved", fields: [(["config"], nil)]),
    ]

    @Test("The command and the patch produce the same bytes", arguments: updates.indices)
    func commands(index: Int) async throws {
        let folder = try ScratchFolder.repository()
        try folder.write("providers/acme/local.yaml", ScratchFolder.provider + "config: {a: 1} # ours\n")
        let change = WantedChange.updateProvider("acme/local", Self.updates[index])
        let (plan, edit) = try await plan(change, in: folder)
        #expect(edit.path == "providers/acme/local.yaml" && edit.operation == .update)
        let program = RosterProgram(folder: folder.path)
        let relay = try ProgramRelay()
        try await program.toolInBackground("sh", "-c", "roster() { '\(relay.path)' \"$@\"; }; \(edit.command)")
        for (path, bytes) in plan.changes.flatMap(\.results) {
            #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == (try? folder.read(path)), "\(edit.command)")
        }
    }

    @Test("The command for a new provider creates the same record and file")
    func create() async throws {
        let folder = try ScratchFolder.repository()
        let fields = JSONObject(members: [
            "name": .string("Neu: über"), "provider": .string("ollama"), "defaultModel": .string("m"),
            "config": .object(JSONObject(members: ["a": .float(1.5)])),
        ])
        let change = WantedChange.createProvider(NewProvider(project: "acme", handle: nil, fields: fields))
        let (plan, edit) = try await plan(change, in: folder)
        #expect(edit.path == "providers/acme/neu-uber.yaml" && edit.operation == .create)
        #expect(edit.patch.hasPrefix("--- /dev/null\n+++ b/providers/acme/neu-uber.yaml\n"))
        let program = RosterProgram(folder: folder.path)
        let relay = try ProgramRelay()
        try await program.toolInBackground("sh", "-c", "roster() { '\(relay.path)' \"$@\"; }; \(edit.command)")
        let bytes = try #require(plan.changes[0].results[0].bytes)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let made = try folder.read(edit.path).split(separator: "\n")
        #expect(made.filter { !$0.hasPrefix("id:") } == lines.filter { !$0.hasPrefix("id:") })
    }

    private func plan(_ change: WantedChange, in folder: ScratchFolder) async throws -> (EditPlan, FileEdit) {
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_781)))
        let tree = WorkingTree(root: folder.path)
        let editor = Editor(try await compiler.analyze(tree), of: tree, compiler: compiler, pathPrefix: "")
        let plan = try await editor.plan(change)
        return (plan, try #require(plan.fileEdit(of: change)))
    }
}
