import NIOCore
import RosterDiagnostics
import RosterEditing
import RosterJSON
import RosterModel

/// A call of a tool, ready to be made.
struct ToolCall: Sendable {
    private let tool: ToolTable.Tool
    private let arguments: JSONObject
    private let writer: EditWriter?

    /// Reads a call.
    ///
    /// - Throws: ``RPCError`` when the request is not a call of an existing tool.
    init(_ request: RPCRequest, _ writer: EditWriter?) throws(RPCError) {
        let name = try request.text("name")
        guard let tool = ToolTable.Tool(rawValue: name) else { throw .unknownTool(name) }
        self.tool = tool
        self.writer = writer
        arguments = try request.object("arguments") ?? JSONObject()
    }

    /// Makes the call for a caller; an error that the caller can fix becomes the tool's error, in the words of the tools.
    func result(for caller: Caller, _ snapshot: Snapshot) async -> RPCResult {
        let arguments = ToolArguments(arguments, in: snapshot)
        do throws(Problem) {
            switch tool {
            case .list: return try list(arguments, caller, snapshot)
            case .get: return try get(arguments, caller, snapshot)
            case .create, .update, .delete:
                return await edit(WriteRequest(try change(arguments, caller, snapshot), caller, snapshot), snapshot)
            case .projects:
                try arguments.takeNothing(but: [])
                return ToolResult.list("projects", VisibleProjects(caller, snapshot).encodedProjects)
            case .secrets:
                try arguments.takeNothing(but: ["projectId"])
                let projects = try arguments.projects()
                return ToolResult.list("secrets", try VisibleProjects(caller, snapshot).encodedSecrets(of: projects))
            }
        } catch {
            return ToolResult.failure(error)
        }
    }

    private func list(_ arguments: ToolArguments, _ caller: Caller, _ snapshot: Snapshot) throws(Problem) -> RPCResult {
        let query = try ListQuery(arguments: arguments.members)
        let positions = try ProviderList.positions(ofTool: query, for: caller.view, from: snapshot)
        return ToolResult.list("providers", NamedRecords(snapshot).array(of: positions))
    }

    private func get(_ arguments: ToolArguments, _ caller: Caller, _ snapshot: Snapshot) throws(Problem) -> RPCResult {
        let position = try arguments.position()
        try arguments.takeNothing(but: ["id"])
        guard let position, caller.view.allows(.get, at: position) else { throw .noSuchProvider }
        let record = NamedRecords(snapshot).record(at: position)
        return ToolResult.success(text: record) { $0.encoded(record) }
    }

    /// Returns the change that a tool makes, if its caller may make it.
    private func change(
        _ arguments: ToolArguments,
        _ caller: Caller,
        _ snapshot: Snapshot
    ) throws(Problem) -> ProviderChange {
        switch tool {
        case .create:
            try WriteRequest.mayCreate(caller)
            return .create(arguments.forCreation)
        case .update:
            let position = try WriteRequest.position(arguments.position(), if: caller, may: .update)
            return .update(position, arguments.forUpdate(of: snapshot.registry.providers[position]))
        default:
            let position = try WriteRequest.position(arguments.position(), if: caller, may: .delete)
            try arguments.takeNothing(but: ["id"])
            return .delete(position)
        }
    }

    private func edit(_ request: WriteRequest, _ snapshot: Snapshot) async -> RPCResult {
        do {
            let (edit, plan, warnings) = try await request.plan()
            if !edit.patch.isEmpty { try writer?.write(plan) }
            return ToolResult.edit(edit, warnings, isMade: writer != nil, hasFileText: snapshot.hasFileText)
        } catch let problem as Problem {
            return ToolResult.failure(problem)
        } catch let failure as EditFailure {
            return ToolResult.failure(.unprocessable(failure.message, failure.diagnostics))
        } catch {
            return ToolResult.failure(.cannotPlan)
        }
    }
}
