import NIOCore
import NIOHTTP1
import RosterBytes
import RosterDiagnostics
import RosterEditing
import RosterJSON
import RosterModel

/// A request to create, change or delete a provider, whose response is the edit to make; nothing is changed.
struct WriteRequest: Sendable {
    /// The requested change, which is read when it is planned, since reading a body takes time.
    private let change: @Sendable () throws(Problem) -> ProviderChange
    private let caller: Caller
    private let snapshot: Snapshot

    /// Creates a request from a caller that may make it.
    init(_ request: Request, _ caller: Caller, _ snapshot: Snapshot) throws(Problem) {
        (self.caller, self.snapshot) = (caller, snapshot)
        if request.method == .POST {
            try Self.mayCreate(caller)
            try QueryParameters.refuse(request.target.query, of: "a change")
            change = { () throws(Problem) in .create(try Self.body(of: request)) }
            return
        }
        let isDelete = request.method == .DELETE
        let route = request.target.route
        guard let place = snapshot.position(of: route), caller.view.allows(.get, at: place) else {
            throw .noSuchProvider(at: route)
        }
        let position = try Self.position(place, if: caller, may: isDelete ? .delete : .update)
        try QueryParameters.refuse(request.target.query, of: "a change")
        change = { () throws(Problem) in
            isDelete ? .delete(position) : .update(position, try Self.body(of: request))
        }
    }

    /// Checks that a caller may create a provider at all.
    static func mayCreate(_ caller: Caller) throws(Problem) {
        guard caller.view.mayCreateSomething else { throw .mayNotCreate }
    }

    /// Returns the position of a provider that a caller may change or delete; one that it may not read does not exist for it.
    static func position(_ position: Int?, if caller: Caller, may action: AccessRights) throws(Problem) -> Int {
        guard let position, caller.view.allows(.get, at: position) else { throw .noSuchProvider }
        guard caller.view.allows(action, at: position) else {
            throw .forbidden("the token may not \(action == .delete ? "delete" : "change") this provider")
        }
        return position
    }

    /// Creates a request from a change of another transport.
    init(_ change: ProviderChange, _ caller: Caller, _ snapshot: Snapshot) {
        (self.caller, self.snapshot) = (caller, snapshot)
        self.change = { change }
    }

    private static func body(of request: Request) throws(Problem) -> JSONObject {
        let type = (request.fields.contentType ?? "").prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        guard ["application/json", "application/merge-patch+json"].contains(type) else {
            throw .unsupportedMediaType
        }
        guard let bytes = request.body, let text = String(validating: bytes.readableBytesView, as: UTF8.self) else {
            throw .badRequest("the body is \(request.body == nil ? "empty" : "not UTF-8"): send a JSON object")
        }
        let value: JSONValue
        do {
            value = try JSONReader.read(text)
        } catch {
            let shown = PercentEncoding.shown(error.message)
            throw .badRequest("the body is not JSON: \(shown), after \(error.offset) bytes")
        }
        guard let object = value.object else { throw .unprocessable("the body must be a JSON object", []) }
        return object
    }

    /// Returns the response, which is always a problem, since nothing is changed.
    func answer() async -> Problem {
        do {
            return .readOnly(try await fileEdit(), hasFileText: snapshot.hasFileText)
        } catch let problem as Problem {
            return problem
        } catch {
            return .cannotPlan
        }
    }

    /// Returns the edit to make, after which `check` finds no error.
    ///
    /// - Throws: ``Problem``.
    func fileEdit() async throws -> FileEdit { try await plan().edit }

    /// Returns the edit to make, its changes of files, and the diagnostics of the edited files that the caller may see.
    ///
    /// - Throws: ``Problem``.
    func plan() async throws -> (edit: FileEdit, plan: EditPlan, shown: [Diagnostic]) {
        let change = try change()
        let editor = try snapshot.currentEditor()
        let (wanted, target) = try change.wanted(editor, caller, snapshot)
        do {
            let plan = try await editor.plan(wanted)
            guard let edit = plan.fileEdit(of: wanted) else { throw Problem.cannotPlan }
            let shown = ShownDiagnostics(target, caller, snapshot, pathPrefix: editor.pathPrefix)
            return (edit, plan, shown.shown(plan.newDiagnostics))
        } catch let failure as EditFailure {
            throw Problem(failure, target, caller, snapshot, pathPrefix: editor.pathPrefix)
        }
    }
}

extension Problem {
    /// The problem for a missing project, and for one in which the caller may create nothing.
    static let mayNotCreate = forbidden("there is no such project, or the token may not create this provider in it")

    static let unsupportedMediaType = Problem(
        415,
        "unsupported-media-type",
        "The body is of another type",
        "send the body as Content-Type: application/json or application/merge-patch+json"
    )

    static let cannotPlan = Problem(
        500,
        "internal",
        "The edit cannot be made",
        "the server cannot plan the edit; edit the files in a clone"
    )

    /// Returns the problem for a change that would not be valid.
    static func unprocessable(_ detail: String, _ diagnostics: [Diagnostic]) -> Problem {
        var problem = Problem(422, "invalid-record", "The record would not be valid", detail)
        problem.diagnostics = diagnostics
        problem.writeMembers = { json in
            json.name("diagnostics")
            json.diagnostics(diagnostics)
        }
        return problem
    }

    /// Returns the response with the edit to make.
    static func readOnly(_ edit: FileEdit, hasFileText: Bool) -> Problem {
        var problem = Problem(
            405,
            "read-only",
            "This registry is changed by pull request",
            edit.howToMake
        )
        problem.fields = [("Allow", "GET, HEAD")]
        problem.writeMembers = { json in
            json.name("fileEdit")
            json.fileEdit(edit, hasFileText: hasFileText)
        }
        return problem
    }
}

extension FileEdit {
    /// The instructions for making the edit.
    var howToMake: String {
        patch.isEmpty
            ? "the record has these values already: there is nothing to change"
            : "nothing was changed here; apply the patch with git apply, or run the command in a clone, "
                + "and open a pull request"
    }
}

extension JSONWriter {
    /// Writes diagnostics as an array.
    mutating func diagnostics(_ diagnostics: [Diagnostic]) {
        array(of: diagnostics) { diagnostic, json in
            json.diagnostic(diagnostic)
        }
    }

    /// Writes an edit; without files there is no patch.
    mutating func fileEdit(_ edit: FileEdit, hasFileText: Bool) {
        object { json in
            json.name("path")
            json.string(edit.path)
            json.name("operation")
            json.string(edit.operation.rawValue)
            json.name("patch")
            json.string(hasFileText ? edit.patch : nil)
            json.name("command")
            json.string(edit.command)
            json.name("arguments")
            json.strings(edit.arguments)
        }
    }
}
