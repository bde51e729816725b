import NIOCore
import RosterBytes
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

    /// Makes the call for a caller; an error that the caller can fix becomes the tool's error, in the words of REST.
    func result(for caller: Caller, _ snapshot: Snapshot) async -> RPCResult {
        do throws(Problem) {
            switch tool {
            case .list: return try list(caller, snapshot)
            case .get: return try get(caller, snapshot)
            case .create, .update, .delete:
                return await edit(WriteRequest(try change(caller, snapshot), caller, snapshot), snapshot)
            }
        } catch {
            return ToolResult.failure(error)
        }
    }

    private func list(_ caller: Caller, _ snapshot: Snapshot) throws(Problem) -> RPCResult {
        let query = try ListQuery(arguments: arguments)
        let list = ProviderList.body(query, for: caller.view, from: snapshot)
        return ToolResult.success(text: list) { json in
            json.object { json in
                json.name("providers")
                json.encoded(list)
            }
        }
    }

    private func get(_ caller: Caller, _ snapshot: Snapshot) throws(Problem) -> RPCResult {
        let position = try position(in: snapshot)
        try takeNothingElse()
        guard let position, caller.view.allows(.get, at: position) else { throw .noSuchProvider }
        let record = snapshot.records.body(at: position)
        return ToolResult.success(text: record) { $0.encoded(record) }
    }

    /// Returns the change that a tool makes, if its caller may make it.
    private func change(_ caller: Caller, _ snapshot: Snapshot) throws(Problem) -> ProviderChange {
        switch tool {
        case .create:
            try WriteRequest.mayCreate(caller)
            return .create(arguments)
        case .update:
            let position = try WriteRequest.position(position(in: snapshot), if: caller, may: .update)
            return .update(position, JSONObject(arguments.members.filter { $0.name != "id" }))
        default:
            let position = try WriteRequest.position(position(in: snapshot), if: caller, may: .delete)
            try takeNothingElse()
            return .delete(position)
        }
    }

    /// Returns the position of the provider of the argument `id`; text that is not a valid id matches no provider.
    private func position(in snapshot: Snapshot) throws(Problem) -> Int? {
        guard let value = arguments["id"] else { throw .badRequest("the parameter \"id\" is missing") }
        guard let text = value.string else { throw .badRequest("the parameter \"id\" must be a text") }
        return ProviderID(text).flatMap { snapshot.records.position(of: $0) }
    }

    private func takeNothingElse() throws(Problem) {
        guard let other = arguments.members.first(where: { $0.name != "id" }) else { return }
        throw .badRequest(
            "there is no parameter \"\(PercentEncoding.shown(other.name))\"; this tool takes id"
        )
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
